/** What becomes of each day: its date, a word for it, why where it isn't a day like any other; where it clashes, what
 * else there is. */
import { Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useText } from "@/i18n";
import { Icon, type SessionState, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Settle } from "./Settle";
import styles from "./series.module.css";
import type { Row } from "./types";
import type { Settling } from "./useShownFirst";
import { useWhy } from "./useWhy";

const marks: Record<Row["what"], SessionState> = {
  added: "full",
  kept: "free",
  moved: "short",
  edited: "short",
  cancelled: "cancelled",
  removed: "waiting",
  not_held: "waiting",
  stays: "standby",
};

export function OutcomeList({ days, settling }: { days: Row[]; settling: Settling }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const list = useRef<HTMLUListElement>(null);
  const settled = useRef<string>(undefined);
  // The button that was pressed is gone: who pressed it goes on at its day.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the days are there anew
  useEffect(() => {
    if (settled.current !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-row="${settled.current}"]`)?.focus();
    settled.current = undefined;
  }, [days]);
  return (
    <ul className={`${rows.list} ${styles.days}`} ref={list}>
      {days.map((row) => {
        const held = row.starts_at && row.ends_at ? dates.span(row.starts_at, row.ends_at) : wishedFor(row, dates);
        const when = [held, row.title].filter(Boolean).join(" ");
        return (
          <li key={row.key} data-row={row.key} data-what={row.what} className={styles.day} tabIndex={-1}>
            <span className={styles.when}>
              {when}
              {row.room_name && ` ${row.room_name}`}
            </span>
            <StateMark state={marks[row.what]}>{t(`series.what.${row.what}`)}</StateMark>
            {(row.reasons.length > 0 || row.people > 0) && (
              <Text size="sm" c="dimmed" className={styles.why}>
                {warns(row) && <Icon name="warning" />}
                <span>
                  {[
                    ...row.reasons.map((reason) =>
                      reason.borne ? t("series.borne", { what: why(reason, row) }) : why(reason, row),
                    ),
                    ...(row.people > 0
                      ? [t(row.what === "added" ? "series.group_gets_places" : "series.people_told", { n: row.people })]
                      : []),
                  ].join(t("series.semicolon"))}
                </span>
              </Text>
            )}
            <Settle
              row={row}
              when={when}
              settling={settling}
              onSettled={() => {
                settled.current = row.key;
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** It clashes, or is held all the same. */
const warns = (row: Row) =>
  row.wished_at !== null || row.reasons.some((one) => one.borne || one.code === "worker_busy");

/** Of a day that is not held: with the hour it was to be at, where an offer is another. */
function wishedFor(row: Row, dates: ReturnType<typeof useDates>): string {
  return row.wished_at ? `${dates.day(row.wished_at)} ${dates.time(row.wished_at)}` : dates.day(row.day);
}

/** 新增 10 · 不办 1 */
export function useSummary(): (days: Row[]) => string {
  const t = useText();
  return (days) => {
    const order = Object.keys(marks) as Row["what"][];
    const counts = order.map((what) => [what, days.filter((row) => row.what === what).length] as const);
    const said = counts
      .filter(([, n]) => n > 0)
      .map(([what, n]) => t("series.counted", { what: t(`series.what.${what}`), n }));
    return said.join(t("ui.joiner"));
  };
}
