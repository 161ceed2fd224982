/** 发布班表: the one main action, with who will be told; what no longer fits is named and may be left out. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { say, useDates, useErrorText } from "@/ui";
import { Dialog } from "./Dialog";
import { useLookup } from "./lookup";
import styles from "./planning.module.css";

interface Conflict {
  need: number;
  volunteer: number;
  code: string;
}

function conflictsOf(error: unknown): Conflict[] {
  if (!(error instanceof Refusal) || error.code !== "no_longer_fits") return [];
  return (error.facts as unknown as { rows: Conflict[] }).rows;
}

export function PublishBar() {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const { run, proposal, people, needs } = useLookup();
  const [asking, setAsking] = useState(false);
  const publish = api.useMutation("post", "/api/planning/runs/{run_id}/publish", {
    onSuccess: async () => {
      setAsking(false);
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/desk"] });
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/runs/{run_id}/proposal"] });
      // What happened is told there.
      window.scrollTo({ top: 0 });
    },
  });
  const failure: unknown = publish.error;
  const conflicts = conflictsOf(failure);
  const go = (skip: boolean) =>
    publish.mutate({ params: { path: { run_id: run.id } }, body: { skip_conflicts: skip } });
  const who = proposal.told > 0 ? t("plan.will_tell", { n: proposal.told }) : t("plan.tells_nobody");
  return (
    <div className={styles.publish} data-no-print>
      <Text>{who}</Text>
      <Button size="lg" onClick={() => setAsking(true)}>
        {t("plan.publish")}
      </Button>
      {asking && (
        <Dialog title={t("plan.publish_question")} onClose={() => setAsking(false)}>
          {conflicts.length === 0 && (
            <>
              <Text>{who}</Text>
              <Text c="dimmed">{t("plan.publish_means")}</Text>
            </>
          )}
          {conflicts.length > 0 && (
            <div role="alert">
              <Text fw={600}>{t("plan.conflicts", { n: conflicts.length })}</Text>
              <ul className={styles.list}>
                {conflicts.map((row) => {
                  const session = needs.get(row.need)?.session;
                  return (
                    <li key={`${row.need}-${row.volunteer}`}>
                      {people.get(row.volunteer)?.name}{" "}
                      {session && `${dates.span(session.starts_at, session.ends_at)} ${session.title}`}
                      {t("plan.colon")}
                      {say(t, "plan_no", row.code, {}, "plan_no.other")}
                    </li>
                  );
                })}
              </ul>
            </div>
          )}
          {failure !== null && conflicts.length === 0 && (
            <Text c="var(--empty)" role="alert">
              {words(failure)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("ui.not_now")}
            </Button>
            <Button loading={publish.isPending} onClick={() => go(conflicts.length > 0)}>
              {conflicts.length > 0 ? t("plan.publish_others", { n: conflicts.length }) : t("plan.publish")}
            </Button>
          </Group>
        </Dialog>
      )}
    </div>
  );
}
