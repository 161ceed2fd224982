/** 发布班表: the one main action, with who will be told; what no longer fits is named and may be left out. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { Loaded, Skeleton, say, useDates, useErrorText } from "@/ui";
import { Dialog } from "./Dialog";
import { type Chosen, PartDialog } from "./PartDialog";
import styles from "./planning.module.css";
import type { Proposal } from "./types";
import { useMost, useProposal, useRefresh } from "./useProposal";

const STEP = 40;

interface Conflict {
  need: number;
  volunteer: number;
  code: string;
}

function conflictsOf(error: unknown): Conflict[] {
  if (!(error instanceof Refusal) || error.code !== "no_longer_fits") return [];
  return (error.facts as unknown as { rows: Conflict[] }).rows;
}

export function PublishBar({ proposal }: { proposal: Proposal }) {
  const t = useText();
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState<Chosen>();
  const { told } = proposal;
  return (
    <div className={styles.publish} data-no-print>
      <Text>{told > 0 ? t("plan.will_tell", { n: told }) : t("plan.tells_nobody")}</Text>
      <Group gap="sm" className={styles.publishButtons}>
        <Button variant="default" size="lg" onClick={() => setChoosing(true)}>
          {t("plan.publish_part")}
        </Button>
        <Button size="lg" onClick={() => setChosen({ told })}>
          {proposal.published_sessions > 0 ? t("plan.publish_rest") : t("plan.publish")}
        </Button>
      </Group>
      {choosing && (
        <PartDialog
          onClose={() => setChoosing(false)}
          onChosen={(part) => {
            setChoosing(false);
            setChosen(part);
          }}
        />
      )}
      {chosen && <PublishDialog chosen={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  );
}

function PublishDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const refresh = useRefresh();
  const { run } = useProposal();
  const publish = api.useMutation("post", "/api/planning/runs/{run_id}/publish", {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/desk"] });
      await refresh();
      // What happened is told there.
      window.scrollTo({ top: 0 });
    },
  });
  const failure: unknown = publish.error;
  const conflicts = conflictsOf(failure);
  const { sessions, told } = chosen;
  const go = (skip: boolean) =>
    publish.mutate({
      params: { path: { run_id: run.id } },
      body: { skip_conflicts: skip, sessions: sessions ?? null },
    });
  return (
    <Dialog
      title={sessions ? t("plan.part_question", { n: sessions.length }) : t("plan.publish_question")}
      onClose={onClose}
    >
      {conflicts.length === 0 && (
        <>
          <Text>{told > 0 ? t("plan.will_tell", { n: told }) : t("plan.tells_nobody")}</Text>
          <Text c="dimmed">{t("plan.publish_means")}</Text>
        </>
      )}
      {conflicts.length > 0 && (
        <div role="alert">
          <Text fw={600}>{t("plan.conflicts", { n: conflicts.length })}</Text>
          <Conflicts conflicts={conflicts} />
        </div>
      )}
      {failure !== null && conflicts.length === 0 && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("ui.not_now")}
        </Button>
        <Button loading={publish.isPending} onClick={() => go(conflicts.length > 0)}>
          {conflicts.length > 0 ? t("plan.publish_others", { n: conflicts.length }) : t("plan.publish")}
        </Button>
      </Group>
    </Dialog>
  );
}

function Conflicts({ conflicts }: { conflicts: Conflict[] }) {
  const t = useText();
  const dates = useDates();
  const { run } = useProposal();
  const [most, more] = useMost(STEP);
  const shown = conflicts.slice(0, most);
  const only = [...new Set(shown.map((one) => one.volunteer))];
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/people",
    { params: { path: { run_id: run.id }, query: { only, most: only.length } } },
    { placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={3} />}>
      {({ people }) => {
        const rows = new Map(
          people.flatMap((one) => one.rows.map((row) => [`${row.shift.need}-${one.volunteer}`, row])),
        );
        return (
          <>
            <ul className={styles.list}>
              {shown.map(({ need, volunteer, code }) => {
                const row = rows.get(`${need}-${volunteer}`);
                return (
                  <li key={`${need}-${volunteer}`}>
                    {row && `${row.name} ${dates.span(row.shift.starts_at, row.shift.ends_at)} ${row.shift.title}`}
                    {t("plan.colon")}
                    {say(t, "plan_no", code, {}, "plan_no.other")}
                  </li>
                );
              })}
            </ul>
            {conflicts.length > most && (
              <Button variant="default" onClick={more}>
                {t("plan.show_more", { n: conflicts.length - most })}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
