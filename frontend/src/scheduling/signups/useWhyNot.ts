import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { say, useErrorText } from "@/ui";

type Facts = Record<string, unknown>;

/** A reason against a shift in kind words: the sentence of `why_not`, else what any error says. */
export function useReason(): (code: string, facts?: Facts) => string {
  const t = useText();
  return (code, facts = {}) => say(t, "why_not", code, facts);
}

export function useWhyNot(): (error: unknown) => string {
  const reason = useReason();
  const otherwise = useErrorText();
  return (error) =>
    error instanceof Refusal && hasText(`why_not.${error.code}`) ? reason(error.code, error.facts) : otherwise(error);
}
