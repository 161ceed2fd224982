/** Back to a day whose sheet has to be put right, and forward to today. */
import { useText } from "@/i18n";
import { addDays, localDay, Stepper, useDates } from "@/ui";

export function DayNav({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const t = useText();
  const dates = useDates();
  const today = localDay(new Date());
  const past = day < today;
  return (
    <Stepper
      label={t("attend.day")}
      before={{ name: t("attend.day_before"), go: () => onDay(addDays(day, -1)) }}
      after={{ name: t("attend.day_after"), go: past && (() => onDay(addDays(day, 1))) }}
      back={past && { name: t("attend.day_today"), go: () => onDay(today) }}
    >
      {dates.near(day)}
    </Stepper>
  );
}
