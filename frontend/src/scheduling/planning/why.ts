/** Why a person has a place, in words. */
import { useText } from "@/i18n";
import { say } from "@/ui";
import type { Row } from "./types";

type Why = Row["why"][number];

export function useWhy(): (why: Why) => string {
  const t = useText();
  return ({ code, facts }) => {
    const kind = typeof facts.kind === "string" ? say(t, "plan_kind", facts.kind, {}, "plan_kind.other") : "";
    const same = code === "near" && facts.minutes === 0 ? "same_place" : code;
    return say(t, "plan_why", same, { ...facts, kind }, "plan_why.fits");
  };
}
