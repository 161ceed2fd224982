/** By person: who has what; or who carries how much. */
import { Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, Skeleton } from "@/ui";
import { Carrying } from "./Carrying";
import { LongList } from "./LongList";
import { PersonRow } from "./PersonRow";
import styles from "./planning.module.css";
import { useMost, useProposal } from "./useProposal";

const STEP = 40;
/** A name is typed before it is asked for. */
const PAUSE = 200;

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
  const { run } = useProposal();
  const [name] = useDebouncedValue(wanted, PAUSE);
  const [most, more] = useMost(STEP);
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/people",
    { params: { path: { run_id: run.id }, query: { most, name } } },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {({ count, people }) => (
        <LongList items={people} count={count} onMore={more} none={t("plan.nobody_found")}>
          {(person) => (
            <li key={person.volunteer} className={styles.session}>
              <div className={styles.head}>
                <Text component="h2" fw={600} flex="none">
                  {person.name}
                </Text>
                <Text c="dimmed">
                  {t("plan.person_load", { n: person.rows.length, limit: person.limit, history: person.history })}
                </Text>
              </div>
              <ul className={styles.rows}>
                {person.rows.map((row) => (
                  <li key={row.shift.need}>
                    <PersonRow row={row} shift={row.shift} show="shift" />
                  </li>
                ))}
              </ul>
            </li>
          )}
        </LongList>
      )}
    </Loaded>
  );
}
