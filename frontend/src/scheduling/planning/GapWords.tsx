import { useText } from "@/i18n";

/** 离最优最多差0.5% */
export function GapWords({ gap, bound }: { gap: number | null; bound: number | null }) {
  const t = useText();
  if (gap === null || bound === null) return t("plan.gap_unknown");
  return gap === 0 ? t("plan.gap_none") : t("plan.gap", { percent: inPercent(gap) });
}

/** The same within a sentence. */
export function PastGap({ gap }: { gap: number }) {
  const t = useText();
  return gap === 0 ? t("plan.past_best") : t("plan.past_gap", { percent: inPercent(gap) });
}

function inPercent(gap: number): string {
  const percent = gap * 100;
  return percent < 0.1 ? "0.1" : percent.toFixed(percent < 10 ? 1 : 0);
}
