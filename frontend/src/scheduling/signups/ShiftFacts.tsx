/** When, where, as what: the same three lines wherever a shift is shown. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import styles from "./signups.module.css";
import type { Shift } from "./types";

/** An address that any phone opens, in WeChat too: a map page, no app needed. */
function mapAddress(hub: Shift["hub"]): string | undefined {
  if (hub.longitude === null || hub.latitude === null) return undefined;
  const query = new URLSearchParams({ position: `${hub.longitude},${hub.latitude}`, name: hub.name, callnative: "0" });
  return `https://uri.amap.com/marker?${query}`;
}

export function ShiftFacts({ shift, withMap = false }: { shift: Shift; withMap?: boolean }) {
  const t = useText();
  const dates = useDates();
  const map = withMap ? mapAddress(shift.hub) : undefined;
  const near = dates.near(shift.starts_at);
  const day = dates.day(shift.starts_at);
  // Word joiners: hours never break in two lines.
  const when = dates.nearSpan(shift.starts_at, shift.ends_at).replace("-", "\u2060-\u2060");
  return (
    <div className={styles.facts}>
      <span className={styles.when}>{when}</span>
      {withMap && near !== day && <span className={styles.soft}>{day}</span>}
      <span className={styles.what}>{t("shift.what", { program: shift.program, role: shift.role })}</span>
      <span className={styles.soft}>{[shift.hub.name, shift.room].filter(Boolean).join(t("shift.joiner"))}</span>
      {withMap && (
        <span className={styles.address}>
          {shift.hub.address}
          {map && (
            <a className={styles.map} href={map} target="_blank" rel="noreferrer">
              {t("shift.map")}
            </a>
          )}
        </span>
      )}
    </div>
  );
}
