/** An earlier plan, to look at: nothing here changes it. */
import { Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, Skeleton, useDates } from "@/ui";
import styles from "./planning.module.css";
import { Restore } from "./Restore";
import { Review } from "./Review";
import type { Desk } from "./types";

export function Earlier({ desk, id }: { desk: Desk; id: number }) {
  const t = useText();
  const dates = useDates();
  const found = api.useQuery("get", "/api/planning/runs/{run_id}", { params: { path: { run_id: id } } });
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {(run) => (
        <>
          <div className={styles.note} role="status">
            <Icon name="info" />
            <Group gap="0.25rem 1rem">
              <Text>
                {t("plan.look_only", { when: `${dates.near(run.created_at)} ${dates.time(run.created_at)}` })}
              </Text>
              <Link to={`?week=${run.week}`}>{t("plan.to_newest")}</Link>
            </Group>
          </div>
          {run.may_edit && run.was_published && <Restore run={run} />}
          {run.state === "finished" ? (
            <Review desk={desk} run={{ ...run, may_edit: false, outdated: false }} />
          ) : (
            <EmptyState picture="bench" title={t("plan.not_planned_yet")} />
          )}
        </>
      )}
    </Loaded>
  );
}
