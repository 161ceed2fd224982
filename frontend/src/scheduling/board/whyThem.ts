/** What speaks for or against a third person, as one coordinator says it to another. */
import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { hasText, useText } from "@/i18n";
import { say, useErrorText } from "@/ui";

type Reason = components["schemas"]["ReasonOut"];

export function useWhyThem(): (reason: Reason) => string {
  const t = useText();
  return ({ code, facts }) => {
    const kind = typeof facts.kind === "string" ? say(t, "board.kinds", facts.kind, {}, "board.kinds.other") : "";
    const same = code === "near" && facts.minutes === 0 ? "same_place" : code;
    return say(t, "why_them", same, { ...facts, kind }, "why_them.fits");
  };
}

/** A refusal about them, else what any error says. */
export function useWhyNotThem(): (error: unknown) => string {
  const t = useText();
  const otherwise = useErrorText();
  return (error) =>
    error instanceof Refusal && hasText(`why_not_them.${error.code}`)
      ? say(t, "why_not_them", error.code, error.facts)
      : otherwise(error);
}
