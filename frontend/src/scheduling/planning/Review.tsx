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
import { History } from "./History";
import { JoinWhatIf } from "./JoinWhatIf";
import { Notes } from "./Notes";
import { PublishBar } from "./PublishBar";
import styles from "./planning.module.css";
import { policyKey, usePolicyName } from "./policyWords";
import { useStart } from "./Scope";
import type { Desk, Proposal, Run } from "./types";
import { ProposalProvider, useProposal } from "./useProposal";

const Published = lazy(() => import("./Published"));

interface Props {
  desk: Desk;
  run: Run;
  onChangeScope?: () => void;
}

export function Review({ desk, run, onChangeScope }: Props) {
  const t = useText();
  const [tab, setTab] = useState<string | null>("sessions");
  const editable = run.may_edit && !run.published_at;
  const hubs = useMemo(() => new Map(desk.hubs.map((hub) => [hub.id, hub.name])), [desk.hubs]);
  const shown = useMemo(() => ({ run, editable, hubs }), [run, editable, hubs]);
  const proposal = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal",
    { params: { path: { run_id: run.id } } },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
  return (
    <ProposalProvider value={shown}>
      <Stack gap="lg">
        {run.published && (
          <Suspense fallback={<Skeleton lines={3} />}>
            <Published desk={desk} run={run} />
          </Suspense>
        )}
        <Loaded query={proposal} skeleton={<Skeleton lines={1} />}>
          {({ totals }) => <Figures totals={totals} />}
        </Loaded>
        <Steps desk={desk} onChangeScope={onChangeScope} />
        {run.outdated && (
          <div className={styles.note} role="status">
            <Icon name="warning" />
            <Text>{t("plan.outdated")}</Text>
          </div>
        )}
        {editable && !!proposal.data?.published_sessions && (
          <div className={styles.done} role="status">
            <Icon name="check" />
            <Text>{t("plan.part_done", { n: proposal.data.published_sessions })}</Text>
          </div>
        )}
        {proposal.data && <Notes proposal={proposal.data} />}
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="sessions">{t("plan.by_session")}</Tabs.Tab>
            <Tabs.Tab value="people">{t("plan.by_person")}</Tabs.Tab>
            <Tabs.Tab value="changes">
              {t("plan.changes")} <span className={styles.count}>{proposal.data?.changes}</span>
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="sessions" pt="md">
            <BySession hubs={desk.hubs} />
          </Tabs.Panel>
          <Tabs.Panel value="people" pt="md">
            <ByPerson />
          </Tabs.Panel>
          <Tabs.Panel value="changes" pt="md">
            <Loaded query={proposal}>{(data) => <Changes proposal={data} />}</Loaded>
          </Tabs.Panel>
        </Tabs>
        {editable && proposal.data && <PublishBar proposal={proposal.data} />}
      </Stack>
    </ProposalProvider>
  );
}

function Figures({ totals }: { totals: Proposal["totals"] }) {
  const t = useText();
  const { run } = useProposal();
  const policyName = usePolicyName();
  return (
    <div className={styles.figures}>
      <p>{t("plan.figure_places", { places: totals.places, people: totals.people })}</p>
      <p data-short={totals.short_of_min > 0 || undefined}>
        {totals.short_of_min > 0 ? t("plan.figure_short", { n: totals.short_of_min }) : t("plan.figure_full")}
      </p>
      {totals.short_of_target > 0 && <p>{t("plan.figure_target", { n: totals.short_of_target })}</p>}
      {totals.bound !== null && (
        <p>
          <GapWords gap={totals.gap} bound={totals.bound} />
        </p>
      )}
      <p>{t("plan.by_policy", { name: policyName(run.policy) })}</p>
    </div>
  );
}

/** What one may do instead of publishing it. */
function Steps({ desk, onChangeScope }: { desk: Desk; onChangeScope?: () => void }) {
  const t = useText();
  const words = useErrorText();
  const { run, editable } = useProposal();
  const [comparing, setComparing] = useState(false);
  const [joining, setJoining] = useState(false);
  const start = useStart();
  const failure: unknown = start.error;
  const again = () =>
    start.mutate({ body: { week: run.week, hubs: run.hubs, seconds: run.seconds, policy: policyKey(run.policy) } });
  return (
    <Group gap="sm" data-no-print>
      {run.may_edit && (
        <>
          <Button variant="default" loading={start.isPending} onClick={again}>
            {t("plan.again")}
          </Button>
          <Button variant="default" onClick={onChangeScope}>
            {t("plan.change_scope")}
          </Button>
        </>
      )}
      <Button variant="default" onClick={() => setComparing(true)}>
        {t("plan.compare")}
      </Button>
      {comparing && <History week={run.week} hubs={desk.hubs} beside={run.id} onClose={() => setComparing(false)} />}
      {editable && (
        <Button variant="default" onClick={() => setJoining(true)}>
          {t("plan.one_more")}
        </Button>
      )}
      {failure !== null && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
      {joining && <JoinWhatIf hubs={desk.hubs} onClose={() => setJoining(false)} />}
    </Group>
  );
}
