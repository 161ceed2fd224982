/** A week: a line for each room, a column for each day. Sites out of sight are not filled. */
import { useText } from "@/i18n";
import { addDays, useDates } from "@/ui";
import { inOrder, onDay, type Row, type SiteRows } from "./arrange";
import styles from "./board.module.css";
import { Bar, type GridProps, RoomName } from "./grid";
import { Nearby } from "./Nearby";

export function WeekGrid({ sites, week, today, unfilledFirst, ...bars }: GridProps & { week: string }) {
  const dates = useDates();
  const t = useText();
  const days = Array.from({ length: 7 }, (_, index) => addDays(week, index));
  return (
    <div className={styles.grid} data-view="week">
      <div className={styles.head}>
        <span className={styles.corner}>{t("board.places_column")}</span>
        {days.map((day) => (
          <span key={day} className={styles.day} data-today={day === today}>
            {dates.day(day)}
          </span>
        ))}
      </div>
      {sites.map((site) => (
        <Nearby key={site.site.id} site={site} guess={guess(site, days)} reachable={bars.reachable}>
          {() =>
            site.rows.map((row, index) => (
              <div key={row.key} className={styles.row}>
                <RoomName site={site} row={row} first={index === 0} />
                {days.map((day) => (
                  <div
                    key={day}
                    className={styles.cell}
                    data-today={day === today}
                    data-drop={`${site.site.id}:${row.room?.id ?? ""}`}
                    data-day={day}
                  >
                    {inOrder(onDay(row.sessions, day), unfilledFirst).map((session) => (
                      <Bar key={session.id} session={session} {...bars} />
                    ))}
                  </div>
                ))}
              </div>
            ))
          }
        </Nearby>
      ))}
    </div>
  );
}

const busiest = (row: Row, days: string[]): number =>
  Math.max(...days.map((day) => onDay(row.sessions, day).length), 0);

/** Roughly how high a site will be, so that the scroll bar tells the truth before it is laid out. */
const guess = (site: SiteRows, days: string[]): number =>
  site.rows.reduce((sum, row) => sum + Math.max(3.5, busiest(row, days) * 7), 0);
