/** The week's days with what is missing on each: a phone's way through the week. */
import { VisuallyHidden } from "@mantine/core";
import { useText } from "@/i18n";
import { StateShape, useDates } from "@/ui";
import { onDay } from "./arrange";
import styles from "./board.module.css";
import type { BoardSession } from "./types";

interface Props {
  days: string[];
  day: string;
  sessions: BoardSession[];
  onChoose: (day: string) => void;
}

export function DayTabs({ days, day, sessions, onChoose }: Props) {
  const t = useText();
  const dates = useDates();
  return (
    <div className={styles.days} data-no-print>
      {days.map((one) => {
        const there = onDay(sessions, one);
        const missing = there.reduce((sum, session) => sum + session.missing, 0);
        const words = missing > 0 ? t("board.day_missing", { missing }) : t("board.day_full", { n: there.length });
        return (
          <button
            key={one}
            type="button"
            className={styles.dayTab}
            aria-pressed={one === day}
            onClick={() => onChoose(one)}
          >
            <span>{dates.weekday(one)}</span>
            <span>{Number(one.slice(8))}</span>
            <span aria-hidden="true">
              {there.length > 0 && <StateShape state={missing > 0 ? "short" : "full"} />}
              {missing > 0 ? ` ${missing}` : ""}
            </span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </button>
        );
      })}
    </div>
  );
}
