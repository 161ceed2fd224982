/** What changes for whom against the roster in force. */
import { Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Skeleton, useDates } from "@/ui";
import { LongList } from "./LongList";
import styles from "./planning.module.css";
import type { Proposal, Shift } from "./types";
import { useMost, useProposal } from "./useProposal";

const STEP = 60;

export function Changes({ proposal }: { proposal: Proposal }) {
  const t = useText();
  if (!proposal.has_published) {
    return <EmptyState picture="bench" title={t("plan.first_roster", { n: proposal.totals.places })} />;
  }
  return <List />;
}

function List() {
  const t = useText();
  const { run } = useProposal();
  const [most, more] = useMost(STEP);
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/changes",
    { params: { path: { run_id: run.id }, query: { most } } },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {({ kept, count, people }) => (
        <Stack gap="md">
          {count > 0 && <Text c="dimmed">{t("plan.changes_for", { people: count, kept })}</Text>}
          <LongList items={people} count={count} onMore={more} none={t("plan.no_changes", { n: kept })}>
            {({ volunteer, name, comes, goes }) => (
              <li key={volunteer} className={styles.session}>
                <Text component="h2" fw={600}>
                  {name}
                </Text>
                <ul className={styles.rows}>
                  {comes.map((shift) => (
                    <Change key={shift.need} shift={shift} comes />
                  ))}
                  {goes.map((shift) => (
                    <Change key={shift.need} shift={shift} />
                  ))}
                </ul>
              </li>
            )}
          </LongList>
        </Stack>
      )}
    </Loaded>
  );
}

function Change({ shift, comes = false }: { shift: Shift; comes?: boolean }) {
  const t = useText();
  const dates = useDates();
  return (
    <li className={styles.change} data-comes={comes || undefined}>
      <strong>{comes ? t("plan.comes") : t("plan.goes")}</strong>{" "}
      <span>
        {dates.span(shift.starts_at, shift.ends_at)} {shift.title}
      </span>
    </li>
  );
}
