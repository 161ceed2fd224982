/** What the server says no with, worded like the planner's own reasons; "" where it said nothing. */
import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { useErrorText } from "@/ui";

export function useNo(): (failure: unknown) => string {
  const t = useText();
  const other = useErrorText();
  return (failure) => {
    if (failure === null || failure === undefined) return "";
    const code = failure instanceof Refusal ? failure.code : "";
    return hasText(`plan_no.${code}`) ? t(`plan_no.${code}`) : other(failure);
  };
}
