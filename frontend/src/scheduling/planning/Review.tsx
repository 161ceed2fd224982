/** A proposal: its figures, what to know before publishing, three ways to look it through, and the one main action. */
import { Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, Skeleton, useErrorText } from "@/ui";
import { ByPerson } from "./ByPerson";
import { BySession } from "./BySession";
import { Changes } from "./Changes";
import { GapWords } from "./GapWords";
import { JoinWhatIf } from "./JoinWhatIf";
import { LookupProvider, lookUp } from "./lookup";
import { Notes } from "./Notes";
import { PublishBar } from "./PublishBar";
import styles from "./planning.module.css";
import { useStart } from "./Scope";
import type { Desk, Proposal, Run } from "./types";

const Published = lazy(() => import("./Published"));

export function Review({ desk, run, onChangeScope }: { desk: Desk; run: Run; onChangeScope?: () => void }) {
  const proposal = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal",
    { params: { path: { run_id: run.id } } },
    { meta: { live: ["proposal"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={proposal} skeleton={<Skeleton lines={8} />}>
      {(data) => <Loose desk={desk} run={run} proposal={data} onChangeScope={onChangeScope} />}
    </Loaded>
  );
}

interface Props {
  desk: Desk;
  run: Run;
  proposal: Proposal;
  onChangeScope?: () => void;
}

function Loose({ desk, run, proposal, onChangeScope }: Props) {
  const t = useText();
  const words = useErrorText();
  const [tab, setTab] = useState<string | null>("sessions");
  const [joining, setJoining] = useState(false);
  const start = useStart();
  const failure: unknown = start.error;
  const found = useMemo(() => lookUp(run, proposal), [run, proposal]);
  const { totals } = proposal;
  const again = () => start.mutate({ body: { week: run.week, hubs: run.hubs, seconds: run.seconds } });
  const changes = proposal.dropped.length + proposal.rows.filter((row) => !row.kept).length;
  return (
    <LookupProvider value={found}>
      <Stack gap="lg">
        {run.published && (
          <Suspense fallback={<Skeleton lines={3} />}>
            <Published desk={desk} run={run} />
          </Suspense>
        )}
        <div className={styles.figures}>
          <p>{t("plan.figure_places", { places: totals.places, people: totals.people })}</p>
          <p data-short={totals.short_of_min > 0 || undefined}>
            {totals.short_of_min > 0 ? t("plan.figure_short", { n: totals.short_of_min }) : t("plan.figure_full")}
          </p>
          {totals.short_of_target > 0 && <p>{t("plan.figure_target", { n: totals.short_of_target })}</p>}
          <p>
            <GapWords gap={totals.gap} bound={totals.bound} />
          </p>
        </div>
        {run.may_edit && (
          <Group gap="sm" data-no-print>
            <Button variant="default" loading={start.isPending} onClick={again}>
              {t("plan.again")}
            </Button>
            <Button variant="default" onClick={onChangeScope}>
              {t("plan.change_scope")}
            </Button>
            {found.editable && (
              <Button variant="default" onClick={() => setJoining(true)}>
                {t("plan.one_more")}
              </Button>
            )}
            {failure !== null && (
              <Text c="var(--empty)" role="alert">
                {words(failure)}
              </Text>
            )}
          </Group>
        )}
        {run.outdated && (
          <div className={styles.note} role="status">
            <Icon name="warning" />
            <Text>{t("plan.outdated")}</Text>
          </div>
        )}
        <Notes />
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="sessions">{t("plan.by_session")}</Tabs.Tab>
            <Tabs.Tab value="people">{t("plan.by_person")}</Tabs.Tab>
            <Tabs.Tab value="changes">
              {t("plan.changes")} <span className={styles.count}>{changes}</span>
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="sessions" pt="md">
            <BySession hubs={desk.hubs} />
          </Tabs.Panel>
          <Tabs.Panel value="people" pt="md">
            <ByPerson />
          </Tabs.Panel>
          <Tabs.Panel value="changes" pt="md">
            <Changes />
          </Tabs.Panel>
        </Tabs>
        {found.editable && <PublishBar />}
        {joining && <JoinWhatIf hubs={desk.hubs} onClose={() => setJoining(false)} />}
      </Stack>
    </LookupProvider>
  );
}
