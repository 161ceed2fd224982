/** A day: a line for each room, the hours across. */
import { useText } from "@/i18n";
import { hoursOf, lanes, onDay, spanOf } from "./arrange";
import styles from "./board.module.css";
import { Bar, type GridProps, RoomName } from "./grid";
import { Nearby } from "./Nearby";
import type { BoardSession } from "./types";

/** A line's height in rem, before it was seen. */
const ROW = 5;

export function DayGrid({ sites, day, today: _today, unfilledFirst: _order, ...bars }: GridProps & { day: string }) {
  const t = useText();
  const all = sites.flatMap((site) => site.rows.flatMap((row) => onDay(row.sessions, day)));
  const hours = hoursOf(all, day);
  const marks = Array.from({ length: hours.to - hours.from }, (_, index) => hours.from + index);
  return (
    <div className={styles.grid} data-view="day" style={{ "--hours": marks.length } as React.CSSProperties}>
      <div className={styles.head}>
        <span className={styles.corner}>{t("board.places_column")}</span>
        <span className={styles.hours}>
          {marks.map((hour) => (
            <span key={hour}>{`${hour}:00`}</span>
          ))}
        </span>
      </div>
      {sites.map((site) => (
        <Nearby key={site.site.id} site={site} guess={site.rows.length * ROW} reachable={bars.reachable}>
          {() =>
            site.rows.map((row, index) => (
              <div key={row.key} className={styles.row}>
                <RoomName site={site} row={row} first={index === 0} />
                <div
                  className={styles.track}
                  data-drop={`${site.site.id}:${row.room?.id ?? ""}`}
                  data-day={day}
                  data-from={hours.from}
                  data-to={hours.to}
                >
                  {lanes(onDay(row.sessions, day)).map((lane) => (
                    <div
                      key={lane[0]?.id ?? "free"}
                      className={styles.lane}
                      data-empty={lane.length === 0}
                      style={bars.serving && lane.length > 0 ? roomForNeeds(lane) : undefined}
                    >
                      {lane.map((session) => {
                        const { left, width } = spanOf(session, day, hours);
                        const style = { left: `${left}%`, width: `${width}%` };
                        return <Bar key={session.id} session={session} style={style} {...bars} />;
                      })}
                    </div>
                  ))}
                </div>
              </div>
            ))
          }
        </Nearby>
      ))}
    </div>
  );
}

const roomForNeeds = (lane: BoardSession[]) =>
  ({ "--needs": Math.max(...lane.map((session) => session.needs.length)) }) as React.CSSProperties;
