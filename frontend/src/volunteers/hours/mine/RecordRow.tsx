/** One service: so it was, or something is wrong with it. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import { RecordMark } from "../RecordMark";
import { Story } from "../Story";
import type { HoursRecord } from "../types";
import { useDuration, useRefreshHours } from "../useHours";

const WordsDialog = lazy(() => import("../WordsDialog"));

export function RecordRow({ record }: { record: HoursRecord }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const duration = useDuration();
  const refresh = useRefreshHours();
  const [disputing, setDisputing] = useState(false);
  const [told, setTold] = useState(false);
  const path = { params: { path: { record_id: record.id } } };
  const confirm = api.useMutation("post", "/api/hours/records/{record_id}/confirm", {
    onSuccess: () => notifyDone(t("hours.confirmed_done")),
    onSettled: refresh,
  });
  const dispute = api.useMutation("post", "/api/hours/records/{record_id}/dispute", {
    onSuccess: () => {
      setDisputing(false);
      notifyDone(t("hours.disputed_done"));
    },
    onSettled: refresh,
  });
  const waits = record.state === "entered" && !record.mine_confirmed;
  const when = dates.span(record.starts_at, record.ends_at);
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{record.title}</span>
        <span className={rows.soft}>
          {when} {"\u00b7"} {record.hub}
        </span>
        <span>{t("hours.counts", { duration: duration(record.minutes) })}</span>
        {record.words && <span className={rows.soft}>{t("hours.you_said", { words: record.words })}</span>}
      </div>
      <RecordMark record={record} />
      {confirm.error !== null && (
        <span role="alert" className={rows.error}>
          {words(confirm.error)}
        </span>
      )}
      <div className={styles.buttons}>
        {waits && (
          <Button
            variant="default"
            onClick={() => confirm.mutate(path)}
            loading={confirm.isPending}
            aria-label={t("hours.right_which", { when, program: record.title })}
          >
            {t("hours.right")}
          </Button>
        )}
        {(waits || record.state === "confirmed") && (
          <Button
            variant="subtle"
            onClick={() => setDisputing(true)}
            aria-label={t("hours.wrong_which", { when, program: record.title })}
          >
            {t("hours.wrong")}
          </Button>
        )}
      </div>
      <details className={rows.fold} onToggle={(event) => setTold(event.currentTarget.open)}>
        <summary aria-label={t("hours.story_which", { when, program: record.title })}>{t("hours.story")}</summary>
        {told && <Story id={record.id} />}
      </details>
      {disputing && (
        <Suspense>
          <WordsDialog
            title={t("hours.dispute_title")}
            about={`${when} ${record.title}`}
            label={t("hours.dispute_words")}
            verb={t("hours.dispute_send")}
            busy={dispute.isPending}
            error={dispute.error}
            onClose={() => {
              dispute.reset();
              setDisputing(false);
            }}
            onSay={(said) => dispute.mutate({ ...path, body: { words: said } })}
          />
        </Suspense>
      )}
    </li>
  );
}
