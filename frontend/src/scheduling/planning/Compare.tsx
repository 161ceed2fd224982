/** A proposal beside another, or beside the roster in force: figures, then by session and by person. Differences only. */
import { Stack, Tabs, Text } from "@mantine/core";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, Skeleton, say, useDates } from "@/ui";
import { ComparedPeople, ComparedSessions, LIVE } from "./Compared";
import styles from "./planning.module.css";
import { usePolicyName } from "./policyWords";
import type { Comparison, Desk } from "./types";

/** Told as people who are missing. */
const SEATS = ["min", "target"];

export default function Compare({ desk, id, beside }: { desk: Desk; id: number; beside: string }) {
  const t = useText();
  const other = beside === "live" ? undefined : Number(beside);
  const where = { path: { run_id: id }, query: { other } };
  const found = api.useQuery("get", "/api/planning/runs/{run_id}/compare", { params: where }, { meta: { live: LIVE } });
  return (
    <Stack gap="lg">
      <Link to={`?week=${desk.week}&run=${id}`} className={styles.title}>
        <Icon name="back" size="1em" />
        {t("plan.compare_back")}
      </Link>
      <Loaded query={found} skeleton={<Skeleton lines={8} />}>
        {(data) => (
          <>
            <Sides id={id} other={other} data={data} />
            {data.same === data.ours.places && data.same === data.theirs.places && data.beyond === 0 ? (
              <EmptyState picture="bench" title={t("plan.compare_same")} />
            ) : (
              <>
                <Figures data={data} />
                <Tabs defaultValue="sessions" keepMounted={false}>
                  <Tabs.List>
                    <Tabs.Tab value="sessions">{t("plan.by_session")}</Tabs.Tab>
                    <Tabs.Tab value="people">{t("plan.by_person")}</Tabs.Tab>
                  </Tabs.List>
                  <Tabs.Panel value="sessions" pt="md">
                    <ComparedSessions where={where} hubs={desk.hubs} />
                  </Tabs.Panel>
                  <Tabs.Panel value="people" pt="md">
                    <ComparedPeople where={where} />
                  </Tabs.Panel>
                </Tabs>
              </>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** Which two, and what they are scored by. */
function Sides({ id, other, data }: { id: number; other?: number; data: Comparison }) {
  const t = useText();
  const policyName = usePolicyName();
  const theirs = data.their_policy;
  const sameGoals = !theirs || theirs.goals.join() === data.policy.goals.join();
  return (
    <div>
      <Text component="h2" fw={600}>
        {t("plan.compare_title")}
      </Text>
      <Text>
        {t("plan.compare_ours_is")}
        <Named id={id} />
      </Text>
      <Text>
        {t("plan.compare_theirs_is")}
        {other ? <Named id={other} /> : t("plan.compare_live")}
      </Text>
      <Text c="dimmed">{t("plan.compare_scored", { name: policyName(data.policy) })}</Text>
      {!sameGoals && theirs && <Text c="dimmed">{t("plan.compare_other_policy", { name: policyName(theirs) })}</Text>}
      <Text c="dimmed">{t("plan.compare_sessions", { n: data.sessions, same: data.same })}</Text>
      {data.left_out > 0 && <Text c="dimmed">{t("plan.compare_left_out", { n: data.left_out })}</Text>}
      {data.beyond > 0 && <Text c="dimmed">{t("plan.compare_beyond", { n: data.beyond })}</Text>}
    </div>
  );
}

function Named({ id }: { id: number }) {
  const t = useText();
  const dates = useDates();
  const policyName = usePolicyName();
  const { data } = api.useQuery("get", "/api/planning/runs/{run_id}", { params: { path: { run_id: id } } });
  if (!data) return null;
  const when = `${dates.near(data.created_at)} ${dates.time(data.created_at)}`;
  return (
    <>
      {t("plan.compare_run", { when })}
      {t("plan.comma")}
      {policyName(data.policy)}
    </>
  );
}

function Figures({ data }: { data: Comparison }) {
  const t = useText();
  const { ours, theirs } = data;
  const counts = [
    { label: t("plan.compare_short"), pair: [ours.short_of_min, theirs.short_of_min], less: true },
    { label: t("plan.compare_target"), pair: [ours.short_of_target, theirs.short_of_target], less: true },
    { label: t("plan.compare_places"), pair: [ours.places, theirs.places] },
    { label: t("plan.compare_people"), pair: [ours.people, theirs.people] },
  ];
  const terms = data.terms
    .filter(({ term }) => !SEATS.includes(term))
    .map(({ term, ours: mine, theirs: other }) => ({
      label: say(t, "plan_term", term, {}, "plan_term.other"),
      pair: [mine, other],
      less: true,
    }));
  const points = { label: t("plan.compare_points"), pair: [ours.points, theirs.points], less: true };
  return (
    <table className={`${styles.terms} ${styles.compared}`}>
      <thead>
        <tr>
          <th scope="col">{t("plan.compare_what")}</th>
          <th scope="col">{t("plan.compare_ours")}</th>
          <th scope="col">{t("plan.compare_theirs")}</th>
        </tr>
      </thead>
      <tbody>
        {[...counts, ...terms, points].map(({ label, pair: [mine = 0, other = 0], less }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <Cell value={mine} better={Boolean(less) && mine < other} />
            <Cell value={other} better={Boolean(less) && other < mine} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The better of two: bold, with a mark and a word. */
function Cell({ value, better }: { value: number; better: boolean }) {
  const t = useText();
  return (
    <td data-better={better || undefined}>
      {value}
      {better && (
        <span className={styles.better}>
          <Icon name="check" size="1em" /> {t("plan.compare_better")}
        </span>
      )}
    </td>
  );
}
