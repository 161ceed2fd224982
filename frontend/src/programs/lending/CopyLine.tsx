/** One copy at the desk: its sticker, how it stands, and what can be said of it. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, type SessionState, StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./lending.module.css";
import type { BookCopy, CopyState } from "./types";

const marks: Record<CopyState, SessionState> = {
  on_shelf: "full",
  lent: "waiting",
  set_aside: "standby",
  damaged: "short",
  lost: "empty",
  withdrawn: "cancelled",
};
/** What may follow, by hand. */
const next: Record<CopyState, CopyState[]> = {
  on_shelf: ["damaged", "lost", "withdrawn"],
  lent: [],
  set_aside: [],
  damaged: ["on_shelf", "withdrawn"],
  lost: ["on_shelf", "withdrawn"],
  withdrawn: ["on_shelf"],
};

export function CopyLine({ copy, named = false }: { copy: BookCopy; named?: boolean }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const mark = api.useMutation("patch", "/api/copies/{copy_id}", {
    onSuccess: (done) => {
      notifyDone(t("copy.marked", { state: t(`copy.${done.state}`) }));
      void cache.invalidateQueries();
    },
  });
  return (
    <li>
      <span className={styles.about}>
        {named && <span className={styles.name}>{copy.title}</span>}
        <span className={styles.code}>{copy.sticker || t("copy.no_sticker")}</span>
        <span className={styles.soft}>{copy.hub}</span>
        {mark.error && (
          <span role="alert" className={rows.error}>
            {words(mark.error)}
          </span>
        )}
      </span>
      <StateMark state={marks[copy.state]}>{t(`copy.${copy.state}`)}</StateMark>
      {copy.manageable && next[copy.state].length > 0 && (
        <Group gap="xs">
          {next[copy.state].map((state) => (
            <Button
              key={state}
              variant="default"
              disabled={mark.isPending}
              onClick={() => mark.mutate({ params: { path: { copy_id: copy.id } }, body: { state } })}
            >
              {t(`copy.mark_${state}`)}
            </Button>
          ))}
        </Group>
      )}
    </li>
  );
}
