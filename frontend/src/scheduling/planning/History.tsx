/** Earlier plans: who asked for which, and what became of it. One opens to look at. */
import { Text } from "@mantine/core";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import styles from "./planning.module.css";
import type { DeskHub, PastRun } from "./types";

export function History({ hubs, onClose }: { hubs: DeskHub[]; onClose: () => void }) {
  const t = useText();
  const runs = api.useQuery("get", "/api/planning/runs", {}, { staleTime: 0 });
  return (
    <Dialog title={t("plan.earlier")} onClose={onClose}>
      <Loaded query={runs}>
        {(rows) =>
          rows.length === 0 ? (
            <Text c="dimmed">{t("plan.no_earlier")}</Text>
          ) : (
            <ul className={styles.rows}>
              {rows.map((run) => (
                <li key={run.id} className={styles.past}>
                  <Line run={run} hubs={hubs} onOpen={onClose} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Line({ run, hubs, onOpen }: { run: PastRun; hubs: DeskHub[]; onOpen: () => void }) {
  const t = useText();
  const dates = useDates();
  const names = hubs.filter((hub) => run.hubs.includes(hub.id)).map((hub) => hub.name);
  const where = names.length === 1 ? names[0] : t("plan.for_hubs", { n: run.hubs.length });
  const result =
    run.state === "finished"
      ? `${t("plan.past_places", { n: run.places })}${t("plan.comma")}${t(run.published_at ? "plan.past_published" : "plan.past_unpublished")}`
      : t(`plan.past_state.${run.state}`);
  const facts = (
    <span>
      <strong>{dates.week(run.week)}</strong>
      <Text>{where}</Text>
      <Text size="sm" c="dimmed">
        {dates.near(run.created_at)} {dates.time(run.created_at)} {run.asked_by}
      </Text>
      <Text size="sm">{result}</Text>
    </span>
  );
  if (run.state !== "finished") return facts;
  return (
    <Link to={`?week=${run.week}&run=${run.id}`} onClick={onOpen}>
      {facts}
      <Icon name="forward" />
    </Link>
  );
}
