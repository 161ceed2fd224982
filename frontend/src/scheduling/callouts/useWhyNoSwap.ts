import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { useWhyNot } from "@/scheduling/signups/useWhyNot";
import { say } from "@/ui";

/** Why a swap can't be: its own reasons; what sign-up would say of either of the two. */
export function useWhyNoSwap(): (error: unknown) => string {
  const t = useText();
  const otherwise = useWhyNot();
  return (error) => {
    if (!(error instanceof Refusal)) return otherwise(error);
    if (hasText(`why_no_swap.${error.code}`)) return say(t, "why_no_swap", error.code, error.facts);
    return error.facts.volunteer === undefined ? otherwise(error) : t("swap.against_a_rule");
  };
}
