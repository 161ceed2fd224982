/** Entered or corrected by hand: a second person says yes or no. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import { Tags } from "../RecordMark";
import type { DeskRecord, DeskSession } from "../types";
import { useDuration, useRefreshHours } from "../useHours";
import { SessionHead } from "./SessionHead";

const WordsDialog = lazy(() => import("../WordsDialog"));

export function Awaiting({ session }: { session: DeskSession }) {
  return (
    <li className={rows.row}>
      <SessionHead session={session} />
      {session.records.map((record) => (
        <OneAwaiting key={record.id} record={record} />
      ))}
    </li>
  );
}

function OneAwaiting({ record }: { record: DeskRecord }) {
  const t = useText();
  const words = useErrorText();
  const duration = useDuration();
  const refresh = useRefreshHours();
  const [rejecting, setRejecting] = useState(false);
  const path = { params: { path: { record_id: record.id } } };
  const approve = api.useMutation("post", "/api/hours/records/{record_id}/approve", {
    onSuccess: () => notifyDone(t("hours.approved_done")),
    onSettled: refresh,
  });
  const reject = api.useMutation("post", "/api/hours/records/{record_id}/reject", {
    onSuccess: () => {
      setRejecting(false);
      notifyDone(t("hours.rejected_done"));
    },
    onSettled: refresh,
  });
  return (
    <>
      <div className={rows.facts}>
        <span className={styles.marks}>
          {record.volunteer} {duration(record.minutes)} <Tags source={record.source} late={record.late} />
        </span>
        <span className={rows.soft}>{t("hours.story_reason", { reason: record.reason })}</span>
      </div>
      {approve.error !== null && (
        <span role="alert" className={rows.error}>
          {words(approve.error)}
        </span>
      )}
      {record.by_me ? (
        <p className={rows.soft}>{t("hours.by_me")}</p>
      ) : (
        <div className={styles.buttons}>
          <Button
            onClick={() => approve.mutate(path)}
            loading={approve.isPending}
            aria-label={t("hours.approve_which", { name: record.volunteer })}
          >
            {t("hours.approve")}
          </Button>
          <Button
            variant="default"
            onClick={() => setRejecting(true)}
            aria-label={t("hours.reject_which", { name: record.volunteer })}
          >
            {t("hours.reject")}
          </Button>
        </div>
      )}
      {rejecting && (
        <Suspense>
          <WordsDialog
            title={t("hours.reject_title", { name: record.volunteer })}
            about={t("hours.story_reason", { reason: record.reason })}
            label={t("hours.reject_words")}
            verb={t("hours.reject")}
            busy={reject.isPending}
            error={reject.error}
            onClose={() => {
              reject.reset();
              setRejecting(false);
            }}
            onSay={(said) => reject.mutate({ ...path, body: { words: said } })}
          />
        </Suspense>
      )}
    </>
  );
}
