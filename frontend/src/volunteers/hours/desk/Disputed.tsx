/** A volunteer says that something is wrong: it is corrected, or stays as it is and they hear why. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import type { DeskRecord, DeskSession } from "../types";
import { useDuration, useRefreshHours } from "../useHours";
import { Correct } from "./Correct";
import { SessionHead } from "./SessionHead";

const WordsDialog = lazy(() => import("../WordsDialog"));

export function Disputed({ session }: { session: DeskSession }) {
  return (
    <li className={rows.row}>
      <SessionHead session={session} />
      {session.records.map((record) => (
        <OneDisputed key={record.id} record={record} session={session} />
      ))}
    </li>
  );
}

function OneDisputed({ record, session }: { record: DeskRecord; session: DeskSession }) {
  const t = useText();
  const duration = useDuration();
  const refresh = useRefreshHours();
  const [answering, setAnswering] = useState(false);
  const answer = api.useMutation("post", "/api/hours/records/{record_id}/answer", {
    onSuccess: () => {
      setAnswering(false);
      notifyDone(t("hours.answered_done"));
    },
    onSettled: refresh,
  });
  const said = t("hours.they_said", { name: record.volunteer, words: record.words });
  return (
    <>
      <div className={rows.facts}>
        <span>{said}</span>
        <span className={rows.soft}>{t("hours.counts", { duration: duration(record.minutes) })}</span>
      </div>
      <div className={styles.buttons}>
        <Correct record={record} session={session} />
        <Button
          variant="default"
          onClick={() => setAnswering(true)}
          aria-label={t("hours.answer_which", { name: record.volunteer })}
        >
          {t("hours.answer")}
        </Button>
      </div>
      {answering && (
        <Suspense>
          <WordsDialog
            title={t("hours.answer_title", { name: record.volunteer })}
            about={said}
            label={t("hours.answer_words")}
            verb={t("hours.answer_send")}
            busy={answer.isPending}
            error={answer.error}
            onClose={() => {
              answer.reset();
              setAnswering(false);
            }}
            onSay={(words) => answer.mutate({ params: { path: { record_id: record.id } }, body: { words } })}
          />
        </Suspense>
      )}
    </>
  );
}
