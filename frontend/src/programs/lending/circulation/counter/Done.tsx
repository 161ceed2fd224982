/** What a scan did; of a book that came back, where it belongs now. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../circulation.module.css";
import type { DeskCopy, TakenBack } from "../types";
import { useRefreshBooks } from "../useRefreshBooks";

export interface Entry {
  /** Counted up as they come. */
  number: number;
  how: "lent" | "back" | "brought";
  copy: DeskCopy;
  who: string;
  due?: string;
  back?: TakenBack;
}

export function Done({ entry, hub }: { entry: Entry; hub: number }) {
  const t = useText();
  const dates = useDates();
  const { how, copy, who, due, back } = entry;
  const kept = back?.kept_for;
  return (
    <li className={styles.done} data-kept={kept ? true : undefined}>
      <div className={styles.name}>{copy.book.name}</div>
      {how === "lent" && <div>{t("counter.lent", { name: who, day: dates.day(due ?? "") })}</div>}
      {how === "brought" && <div>{t("counter.brought", { name: who })}</div>}
      {how === "back" && <div>{t("counter.back", { name: who })}</div>}
      {kept && (
        <div className={styles.stand} data-how="late">
          <Icon name="warning" />
          {back.hub.id === hub
            ? t("counter.keep_for", { name: kept.reader })
            : t("counter.bring_to", { hub: back.hub.name })}
        </div>
      )}
      {back && <Damaged copy={copy.id} hold={kept?.id} />}
    </li>
  );
}

/** Seen when it came back: it leaves the shelf, and whoever waits goes on waiting. Nobody is blamed. */
function Damaged({ copy, hold }: { copy: number; hold?: number }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const mark = useMutation({
    mutationFn: async () => {
      if (hold) {
        await call.POST("/api/lending/holds/{hold_id}/miss", {
          params: { path: { hold_id: hold } },
          body: { damaged: true },
        });
      } else {
        await call.PATCH("/api/copies/{copy_id}", { params: { path: { copy_id: copy } }, body: { state: "damaged" } });
      }
    },
    onSettled: refresh,
  });
  const error: unknown = mark.error;
  if (mark.isSuccess) return <div role="status">{t("counter.is_damaged")}</div>;
  return (
    <>
      <Button className={rows.quiet} variant="subtle" loading={mark.isPending} onClick={() => mark.mutate()}>
        {t("counter.damaged")}
      </Button>
      {error !== null && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
    </>
  );
}
