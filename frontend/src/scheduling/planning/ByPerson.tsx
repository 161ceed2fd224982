/** By person: who has how much, and what. */
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useText } from "@/i18n";
import { EmptyState, Icon } from "@/ui";
import { useLookup } from "./lookup";
import { PersonRow } from "./PersonRow";
import styles from "./planning.module.css";

const STEP = 40;

export function ByPerson() {
  const t = useText();
  const { people, byPerson } = useLookup();
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(STEP);
  const found = useMemo(
    () =>
      [...byPerson.entries()]
        .flatMap(([id, rows]) => {
          const person = people.get(id);
          return person?.name.includes(wanted.trim()) ? [{ person, rows }] : [];
        })
        .sort((a, b) => b.rows.length - a.rows.length || a.person.id - b.person.id),
    [byPerson, people, wanted],
  );
  return (
    <Stack gap="md">
      <TextInput
        aria-label={t("plan.find_person")}
        placeholder={t("plan.find_person")}
        leftSection={<Icon name="search" />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        className={styles.search}
      />
      {found.length === 0 && <EmptyState picture="bench" title={t("plan.nobody_found")} />}
      <ul className={styles.sessions}>
        {found.slice(0, shown).map(({ person, rows }) => (
          <li key={person.id} className={styles.session}>
            <div className={styles.head}>
              <Text component="h2" fw={600}>
                {person.name}
              </Text>
              <Text c="dimmed">
                {t("plan.person_load", { n: rows.length, limit: person.limit, history: person.history })}
              </Text>
            </div>
            <ul className={styles.rows}>
              {rows.map((row) => (
                <li key={row.need}>
                  <PersonRow row={row} show="shift" />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          {t("plan.show_more", { n: found.length - shown })}
        </Button>
      )}
    </Stack>
  );
}
