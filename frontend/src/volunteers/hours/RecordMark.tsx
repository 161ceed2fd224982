/** How a record stands, and what stays marked on it. */
import { useText } from "@/i18n";
import { type SessionState, StateMark } from "@/ui";
import styles from "./hours.module.css";
import type { HoursRecord } from "./types";

const shapes: Record<HoursRecord["state"], SessionState> = {
  awaiting: "waiting",
  entered: "short",
  confirmed: "full",
  disputed: "empty",
  rejected: "cancelled",
};

export function RecordMark({ record }: { record: HoursRecord }) {
  const t = useText();
  return (
    <span className={styles.marks}>
      <StateMark state={shapes[record.state]}>{t(`hours.state_${record.state}`)}</StateMark>
      <Tags source={record.source} late={record.late} />
    </span>
  );
}

export function Tags({ source, late }: Pick<HoursRecord, "source" | "late">) {
  const t = useText();
  return (
    <>
      {source === "back_entry" && <span className={styles.tag}>{t("hours.back_entry")}</span>}
      {source === "assumed" && <span className={styles.tag}>{t("hours.assumed")}</span>}
      {late && <span className={styles.tag}>{t("hours.late")}</span>}
    </>
  );
}
