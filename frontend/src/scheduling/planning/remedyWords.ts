/** What a remedy of a short place asks of people, in a sentence. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import type { Ask, Remedy, Shift } from "./types";

/** One moment, whatever zone it is written in. */
const same = (one: string, other: string): boolean => Date.parse(one) === Date.parse(other);

export function useAskWords(shift: Shift): (ask: Ask) => string {
  const t = useText();
  const dates = useDates();
  return (ask) => {
    const first = ask.spans[0];
    const whole = first !== undefined && same(first.starts_at, shift.starts_at) && same(first.ends_at, shift.ends_at);
    const code = ask.code === "unavailable" && whole ? "unavailable_then" : ask.code;
    return t(`plan_ask.${code}`, {
      name: ask.name,
      day: dates.weekday(shift.starts_at),
      minutes: ask.minutes,
      span: ask.spans.map((span) => `${dates.time(span.starts_at)}-${dates.time(span.ends_at)}`).join(t("plan.comma")),
    });
  };
}

/** One line for the short place: what would be enough. */
export function useRemedyWords(remedy: Remedy, shift: Shift): string {
  const t = useText();
  const words = useAskWords(shift);
  const { steps } = remedy.outcome;
  if (remedy.asks.length > 0) return t("plan.remedy", { asks: remedy.asks.map(words).join(t("plan.semicolon")) });
  if (steps.some(({ leaves }) => leaves.length > 0)) return t("plan.remedy_swap", { n: steps.length });
  return t("plan.remedy_free", { names: steps.map(({ name }) => name).join(t("plan.and")) });
}
