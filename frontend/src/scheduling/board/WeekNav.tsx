import { useText } from "@/i18n";
import { addDays, mondayOf, Stepper, useDates } from "@/ui";

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
    <Stepper
      label={t("board.choose_week")}
      before={{ name: t("board.previous_week"), go: () => goTo(addDays(week, -7)) }}
      after={{ name: t("board.next_week"), go: () => goTo(addDays(week, 7)) }}
      back={week !== current && { name: t("board.this_week"), go: () => goTo(current) }}
      large
    >
      {dates.week(week)}
    </Stepper>
  );
}
