import { ActionIcon, Button } from "@mantine/core";
import { useText } from "@/i18n";
import { addDays, Icon, mondayOf, useDates } from "@/ui";
import styles from "./board.module.css";

interface Props {
  week: string;
  today: string;
  goTo: (monday: string) => void;
}

export function WeekNav({ week, today, goTo }: Props) {
  const t = useText();
  const dates = useDates();
  const current = mondayOf(today);
  return (
    <nav className={styles.weekNav} aria-label={t("board.choose_week")} data-no-print>
      <ActionIcon aria-label={t("board.previous_week")} onClick={() => goTo(addDays(week, -7))}>
        <Icon name="back" />
      </ActionIcon>
      <span className={styles.weekName} aria-live="polite">
        {dates.week(week)}
      </span>
      <ActionIcon aria-label={t("board.next_week")} onClick={() => goTo(addDays(week, 7))}>
        <Icon name="forward" />
      </ActionIcon>
      {week !== current && (
        <Button variant="default" onClick={() => goTo(current)}>
          {t("board.this_week")}
        </Button>
      )}
    </nav>
  );
}
