import { useText } from "@/i18n";
import { readRule, type Weekday } from "./rule";

/** 每周二、四 · 隔周三 · 每月第一个周六 */
export function useRuleWords(): (rule: string) => string {
  const t = useText();
  const named = (day: Weekday) => t(`series.weekday.${day}`);
  return (rule) => {
    const repeat = readRule(rule);
    if (repeat.every === "own") return t("series.rule_own", { rule });
    if (repeat.every === "week") {
      const days = repeat.days.map(named).join(t("ui.joiner"));
      if (repeat.interval === 1) return t("series.weekly", { days });
      return repeat.interval === 2
        ? t("series.fortnightly", { days })
        : t("series.weeks", { n: repeat.interval, days });
    }
    const words = { nth: t(`series.nth.${repeat.nth}`), day: named(repeat.day), n: repeat.interval };
    return repeat.interval === 1 ? t("series.monthly", words) : t("series.months", words);
  };
}
