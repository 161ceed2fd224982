/** Earlier plans: who asked for which, by what policy, and what became of it. One opens to look at, or beside another. */
import { SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import { PastGap } from "./GapWords";
import styles from "./planning.module.css";
import { usePolicyName } from "./policyWords";
import type { DeskHub, PastRun } from "./types";

interface Props {
  week: string;
  hubs: DeskHub[];
  /** The run that one is chosen to be compared with. */
  beside?: number;
  onClose: () => void;
}

const published = { no: "plan.past_unpublished", part: "plan.past_part", whole: "plan.past_published" } as const;

export function History({ week, hubs, beside, onClose }: Props) {
  const t = useText();
  const [only, setOnly] = useState("week");
  const query = only === "week" || beside ? { week } : {};
  const runs = api.useQuery("get", "/api/planning/runs", { params: { query } }, { staleTime: 0 });
  const shown = (rows: PastRun[]) =>
    beside ? rows.filter((run) => run.id !== beside && run.state === "finished") : rows;
  return (
    <Dialog title={beside ? t("plan.compare") : t("plan.earlier")} onClose={onClose}>
      {beside ? (
        <Text c="dimmed">{t("plan.compare_hint")}</Text>
      ) : (
        <SegmentedControl
          value={only}
          onChange={setOnly}
          aria-label={t("plan.earlier")}
          data={[
            { value: "week", label: t("plan.history_this_week") },
            { value: "all", label: t("plan.history_all") },
          ]}
        />
      )}
      <Loaded query={runs}>
        {(rows) => (
          <>
            {shown(rows).length === 0 && !beside && <Text c="dimmed">{t("plan.no_earlier")}</Text>}
            <ul className={styles.rows}>
              {beside && (
                <li className={styles.past}>
                  <Link to={`?week=${week}&run=${beside}&with=live`} onClick={onClose}>
                    <span>
                      <strong>{t("plan.compare_live")}</strong>
                      <Text size="sm" c="dimmed">
                        {t("plan.compare_live_hint")}
                      </Text>
                    </span>
                    <Icon name="forward" />
                  </Link>
                </li>
              )}
              {shown(rows).map((run) => (
                <li key={run.id} className={styles.past}>
                  <Line run={run} hubs={hubs} beside={beside} onOpen={onClose} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

interface LineProps {
  run: PastRun;
  hubs: DeskHub[];
  beside?: number;
  onOpen: () => void;
}

function Line({ run, hubs, beside, onOpen }: LineProps) {
  const t = useText();
  const dates = useDates();
  const policyName = usePolicyName();
  const names = hubs.filter((hub) => run.hubs.includes(hub.id)).map((hub) => hub.name);
  const where = names.length === 1 ? names[0] : t("plan.for_hubs", { n: run.hubs.length });
  const short =
    run.short === null ? null : run.short > 0 ? t("plan.past_short", { n: run.short }) : t("plan.past_full");
  const facts = (
    <span>
      <strong>{dates.week(run.week)}</strong>
      <Text>{where}</Text>
      <Text size="sm" c="dimmed">
        {dates.near(run.created_at)} {dates.time(run.created_at)} {run.asked_by}{" "}
        {run.restored ? t("plan.past_restored") : policyName(run.policy)}
      </Text>
      {run.state === "finished" ? (
        <Text size="sm">
          {[t("plan.past_places", { n: run.places }), short].filter(Boolean).join(t("plan.comma"))}
          {run.gap !== null && (
            <>
              {t("plan.comma")}
              <PastGap gap={run.gap} />
            </>
          )}
          {t("plan.comma")}
          <strong>{t(published[run.published])}</strong>
        </Text>
      ) : (
        <Text size="sm">{t(`plan.past_state.${run.state}`)}</Text>
      )}
    </span>
  );
  if (run.state !== "finished") return facts;
  const to = beside ? `?week=${run.week}&run=${beside}&with=${run.id}` : `?week=${run.week}&run=${run.id}`;
  return (
    <Link to={to} onClick={onOpen}>
      {facts}
      <Icon name="forward" />
    </Link>
  );
}
