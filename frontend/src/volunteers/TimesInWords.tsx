/** Times of a week in words, days in a row said once. */
import { useText } from "@/i18n";
import { addDays, mondayOf, useDates } from "@/ui";
import styles from "./volunteers.module.css";
import { clock, DAY, runsOfDays, type Window } from "./windows";

const MONDAY = mondayOf("2026-01-05");

export function TimesInWords({ windows }: { windows: Window[] }) {
  const t = useText();
  const dates = useDates();
  const name = (weekday: number) => dates.weekday(addDays(MONDAY, weekday));
  return (
    <ul className={styles.lines}>
      {runsOfDays(windows).map(({ first, last, start, end }) => {
        const day = first === last ? name(first) : t("times.days", { first: name(first), last: name(last) });
        return (
          <li key={`${first}-${start}`}>
            {start === 0 && end === DAY
              ? t("times.all_day", { day })
              : t("times.day_window", { day, from: clock(start), until: clock(end) })}
          </li>
        );
      })}
    </ul>
  );
}
