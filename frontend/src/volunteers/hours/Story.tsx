/** All that was ever said of a record: it is only added to. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./hours.module.css";
import type { RecordDetail } from "./types";
import { useDuration } from "./useHours";

export function Story({ id }: { id: number }) {
  const record = api.useQuery(
    "get",
    "/api/hours/records/{record_id}",
    { params: { path: { record_id: id } } },
    { meta: { live: ["record"] } },
  );
  return <Loaded query={record}>{(data) => <Lines record={data} />}</Loaded>;
}

function Lines({ record }: { record: RecordDetail }) {
  const t = useText();
  const dates = useDates();
  const duration = useDuration();
  const times = (from: string, until: string) => `${dates.time(from)}-${dates.time(until)}`;
  return (
    <ul className={styles.story}>
      <li>
        {t("hours.story_entered", {
          times: times(record.started_at, record.ended_at),
          how: t(`hours.source_${record.source}`),
          day: dates.day(record.entered_at),
        })}
        {record.entered_by && ` ${t("hours.story_by", { name: record.entered_by })}`}
      </li>
      {record.reason && <li>{t("hours.story_reason", { reason: record.reason })}</li>}
      {record.approved_by && <li>{t("hours.story_approved", { name: record.approved_by })}</li>}
      {record.rejection && <li>{t("hours.story_rejected", { reason: record.rejection })}</li>}
      {record.disputes.map((one) => (
        <li key={one.at}>
          {t("hours.story_disputed", { words: one.words, day: dates.day(one.at) })}
          {one.answer && (
            <>
              <br />
              <span className={rows.soft}>
                {t("hours.story_answered", { words: one.answer, name: one.answered_by })}
              </span>
            </>
          )}
        </li>
      ))}
      {record.corrections.map((one) => (
        <li key={one.at}>
          {t("hours.story_corrected", {
            times: times(one.started_at, one.ended_at),
            duration: duration(one.minutes),
            name: one.by,
            reason: one.reason,
          })}
          <br />
          <span className={rows.soft}>
            {one.approved === null
              ? t("hours.story_undecided")
              : one.approved
                ? t("hours.story_approved", { name: one.decided_by })
                : t("hours.story_not_approved", { name: one.decided_by, reason: one.rejection })}
          </span>
        </li>
      ))}
      {record.confirmed_by && <li>{t("hours.story_confirmed", { name: record.confirmed_by })}</li>}
      {record.state === "entered" && <li>{t("hours.story_silence", { day: dates.day(record.silent_until) })}</li>}
    </ul>
  );
}
