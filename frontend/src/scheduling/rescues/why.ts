import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { useWhyNotThem } from "@/scheduling/board/whyThem";
import { say } from "@/ui";
import type { Way } from "./types";

/** Why a way, or somebody, is none. */
export function useWhyNot(): (no: NonNullable<Way["refused"]>) => string {
  const t = useText();
  return ({ code, facts }) => say(t, "rescue.why_not", code, facts, "rescue.why_not.other");
}

/** Why one can't be taken after all: what speaks against somebody as anywhere, else as in the list. */
export function useWhyNotTaken(): (error: unknown) => string {
  const whyNot = useWhyNot();
  const otherwise = useWhyNotThem();
  return (error) =>
    error instanceof Refusal && !hasText(`why_not_them.${error.code}`) && hasText(`rescue.why_not.${error.code}`)
      ? whyNot(error)
      : otherwise(error);
}
