import { useText } from "@/i18n";

/** 离最优最多差0.5% */
export function GapWords({ gap, bound }: { gap: number | null; bound: number | null }) {
  const t = useText();
  if (gap === null || bound === null) return t("plan.gap_unknown");
  if (gap === 0) return t("plan.gap_none");
  const percent = gap * 100;
  return t("plan.gap", { percent: percent < 0.1 ? "0.1" : percent.toFixed(percent < 10 ? 1 : 0) });
}
