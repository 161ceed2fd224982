/** By person: who has what; or who carries how much. */
import { Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import { Carrying } from "./Carrying";
import { LongList } from "./LongList";
import { useLookup } from "./lookup";
import { PersonRow } from "./PersonRow";
import styles from "./planning.module.css";

const STEP = 40;

export function ByPerson() {
  const t = useText();
  const [wanted, setWanted] = useState("");
  const [view, setView] = useState("shifts");
  return (
    <Stack gap="md">
      <Group gap="md">
        <SegmentedControl
          value={view}
          onChange={setView}
          aria-label={t("plan.by_person")}
          data={[
            { value: "shifts", label: t("plan.view_shifts") },
            { value: "carrying", label: t("plan.view_carrying") },
          ]}
        />
        <TextInput
          aria-label={t("plan.find_person")}
          placeholder={t("plan.find_person")}
          leftSection={<Icon name="search" />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          className={styles.search}
        />
      </Group>
      {view === "shifts" ? <Shifts wanted={wanted.trim()} /> : <Carrying wanted={wanted.trim()} />}
    </Stack>
  );
}

function Shifts({ wanted }: { wanted: string }) {
  const t = useText();
  const { people, byPerson } = useLookup();
  const found = useMemo(
    () =>
      [...byPerson.entries()]
        .flatMap(([id, rows]) => {
          const person = people.get(id);
          return person?.name.includes(wanted) ? [{ person, rows }] : [];
        })
        .sort((a, b) => b.rows.length - a.rows.length || a.person.id - b.person.id),
    [byPerson, people, wanted],
  );
  return (
    <LongList items={found} step={STEP} none={t("plan.nobody_found")}>
      {({ person, rows }) => (
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
      )}
    </LongList>
  );
}
