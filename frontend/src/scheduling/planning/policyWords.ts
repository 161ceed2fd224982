/** A policy in words: presets are worded here, a site's own brings its words along. */
import { useText } from "@/i18n";
import { say } from "@/ui";
import type { Policy } from "./types";

/** As a run is asked for. */
export const policyKey = ({ code, hub }: Policy): string => (hub === null ? code : `hub:${hub}`);

export function usePolicyName(): (policy: Policy) => string {
  const t = useText();
  return ({ code, name }) => name || say(t, "plan_policy", code, {}, "plan_policy.balanced");
}

/** What it does, and at what cost. */
export function usePolicyMeaning(): (policy: Policy) => string {
  const t = useText();
  return ({ code, sentence, goals, hub }) => {
    if (hub === null) return say(t, "plan_policy_means", code, {}, "plan_policy_means.balanced");
    return sentence || goals.map((goal) => t(`plan_goal.${goal}`)).join(t("plan.then"));
  };
}
