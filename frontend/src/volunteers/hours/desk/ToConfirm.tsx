/** A session's records, confirmed with one tap; one that is wrong is corrected first. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import { Tags } from "../RecordMark";
import type { DeskSession } from "../types";
import { useDuration, useRefreshHours } from "../useHours";
import { Correct } from "./Correct";
import { SessionHead } from "./SessionHead";

export function ToConfirm({ session }: { session: DeskSession }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const duration = useDuration();
  const refresh = useRefreshHours();
  const confirm = api.useMutation("post", "/api/hours/confirm", {
    onSuccess: ({ confirmed }) => notifyDone(t("hours.session_done", { n: confirmed })),
    onSettled: refresh,
  });
  return (
    <li className={rows.row}>
      <SessionHead session={session} />
      <ul className={styles.people}>
        {session.records.map((record) => (
          <li key={record.id} className={styles.person}>
            <span className={styles.marks}>
              {record.volunteer} {duration(record.minutes)} <Tags source={record.source} late={record.late} />
            </span>
            <Correct record={record} session={session} />
          </li>
        ))}
      </ul>
      {confirm.error !== null && (
        <span role="alert" className={rows.error}>
          {words(confirm.error)}
        </span>
      )}
      <div className={styles.buttons}>
        <Button
          onClick={() => confirm.mutate({ body: { records: session.records.map((record) => record.id) } })}
          loading={confirm.isPending}
          aria-label={t("hours.confirm_which", {
            n: session.records.length,
            when: dates.span(session.starts_at, session.ends_at),
            program: session.title,
          })}
        >
          {t("hours.confirm_session", { n: session.records.length })}
        </Button>
      </div>
    </li>
  );
}
