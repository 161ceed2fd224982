/** Why a child does not fit, or a booking was refused, in words that name days as people do. */
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { say, useDates, useErrorText } from "@/ui";

type Facts = Record<string, unknown>;

export interface WhyNot {
  (code: string, facts: Facts): string;
  /** For an error that was thrown. */
  of(error: unknown): string;
}

const known = new Set([
  "age_outside",
  "consent_missing",
  "child_clash",
  "already_booked",
  "session_over",
  "session_cancelled",
  "not_bookable",
  "nobody_chosen",
  "places_short",
  "offer_over",
]);

export function useWhyNot(): WhyNot {
  const t = useText();
  const dates = useDates();
  const otherwise = useErrorText();
  const why = (code: string, facts: Facts): string => {
    const { starts_at: start, ends_at: end } = facts;
    const when = typeof start === "string" && typeof end === "string" ? dates.nearSpan(start, end) : "";
    return say(t, "fit", code, { ...facts, when }, "fit.otherwise");
  };
  const of = (error: unknown): string =>
    error instanceof Refusal && known.has(error.code) ? why(error.code, error.facts) : otherwise(error);
  return Object.assign(why, { of });
}
