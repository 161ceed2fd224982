import { useText } from "@/i18n";
import { localDay, Stepper } from "@/ui";
import { addMonths, monthOf, useMonthName } from "./months";

export function MonthNav({ month, goTo }: { month: string; goTo: (month: string) => void }) {
  const t = useText();
  const name = useMonthName();
  const current = monthOf(localDay(new Date()));
  return (
    <Stepper
      label={t("ledger.choose_month")}
      before={{ name: t("ledger.previous_month"), go: () => goTo(addMonths(month, -1)) }}
      after={{ name: t("ledger.next_month"), go: () => goTo(addMonths(month, 1)) }}
      back={month !== current && { name: t("ledger.this_month"), go: () => goTo(current) }}
    >
      {name(month)}
    </Stepper>
  );
}
