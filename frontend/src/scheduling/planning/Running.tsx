/** The planner at work: best and bound closing on each other, how far it may still be from the best, and cancel. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ProgressBar, useErrorText } from "@/ui";
import { Closing } from "./Closing";
import { GapWords } from "./GapWords";
import styles from "./planning.module.css";
import type { DeskHub, Run } from "./types";

/** Seconds since the run began, counted on between two answers of the server. */
function useElapsed(run: Run): number {
  const [base, setBase] = useState({ at: Date.now(), elapsed: run.elapsed });
  const [now, setNow] = useState(Date.now());
  useEffect(() => setBase({ at: Date.now(), elapsed: run.elapsed }), [run.elapsed]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return run.state === "running" ? base.elapsed + Math.max(0, now - base.at) / 1000 : 0;
}

export function Running({ run, hubs }: { run: Run; hubs: DeskHub[] }) {
  const t = useText();
  const words = useErrorText();
  const elapsed = useElapsed(run);
  const cancel = api.useMutation("post", "/api/planning/runs/{run_id}/cancel");
  const failure: unknown = cancel.error;
  const names = hubs.filter((hub) => run.hubs.includes(hub.id)).map((hub) => hub.name);
  const waiting = run.state === "queued";
  const finishing = elapsed > run.seconds;
  // The first plan found is none that got better.
  const better = new Set(run.progress.map((point) => point.objective)).size - 1;
  return (
    <Stack gap="lg" className={styles.running}>
      <div>
        <Text>{t("plan.given", { sessions: run.sessions, volunteers: run.volunteers })}</Text>
        <Text c="dimmed">
          {names.length > 3 ? t("plan.for_hubs", { n: names.length }) : names.join(t("plan.comma"))}
        </Text>
      </div>
      {waiting ? (
        <ProgressBar label={t("plan.queued")} />
      ) : (
        <>
          <div>
            <Text size="xl" fw={600} aria-live="polite">
              {run.progress.length === 0 ? t("plan.first_comes") : <GapWords gap={run.gap} bound={run.bound} />}
            </Text>
            <Text c="dimmed">
              {better > 0 && t("plan.better", { n: better })}
              {run.bound !== null && t("plan.gap_means")}
            </Text>
          </div>
          <Closing progress={run.progress} seconds={Math.max(run.seconds, elapsed)} />
          <ProgressBar
            label={finishing ? t("plan.finishing") : t("plan.elapsed", { done: Math.floor(elapsed), all: run.seconds })}
            value={elapsed / run.seconds}
          />
        </>
      )}
      <Group gap="sm">
        {run.may_edit && (
          <Button
            variant="default"
            loading={cancel.isPending || run.cancel_asked}
            onClick={() => cancel.mutate({ params: { path: { run_id: run.id } } })}
          >
            {t("plan.cancel")}
          </Button>
        )}
        <Text c="dimmed">{t("plan.may_leave")}</Text>
      </Group>
      {failure !== null && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
    </Stack>
  );
}
