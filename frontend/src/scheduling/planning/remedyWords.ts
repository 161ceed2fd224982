/** What a remedy asks of people, in a sentence. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import { useLookup } from "./lookup";
import type { Ask, Remedy } from "./types";

export function useAskWords(remedy: Remedy): (ask: Ask) => string {
  const t = useText();
  const dates = useDates();
  const { needs } = useLookup();
  const names = new Map(remedy.outcome.volunteers.map((person) => [person.id, person.name]));
  return (ask) => {
    const session = needs.get(ask.need)?.session;
    const first = ask.spans[0];
    const whole = session && first?.starts_at === session.starts_at && first.ends_at === session.ends_at;
    const code = ask.code === "unavailable" && whole ? "unavailable_then" : ask.code;
    return t(`plan_ask.${code}`, {
      name: names.get(ask.volunteer) ?? "",
      day: session ? dates.weekday(session.starts_at) : "",
      minutes: ask.minutes,
      span: ask.spans.map((span) => `${dates.time(span.starts_at)}-${dates.time(span.ends_at)}`).join(t("plan.comma")),
    });
  };
}

/** One line for the short place: what would be enough. */
export function useRemedyWords(remedy: Remedy): string {
  const t = useText();
  const words = useAskWords(remedy);
  if (remedy.asks.length === 0) return t("plan.remedy_swap", { n: remedy.outcome.steps.length });
  return t("plan.remedy", { asks: remedy.asks.map(words).join(t("plan.semicolon")) });
}
