/** How figures are said: time in hours, all else as it is counted. */
import { type Text, useText } from "@/i18n";
import type { Figure, Line } from "./types";

export const isTime = (figure: Figure): boolean => figure.endsWith("_minutes");

/** Whole hours where they are, else with one digit. */
export function hours(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

export const amountOf = (figure: Figure, value: number): number => (isTime(figure) ? hours(value) : value);

/** 12场 · 12 sessions */
export function amount(t: Text, figure: Figure, value: number): string {
  return t(`ledger.amount_${figure}`, { n: amountOf(figure, value) });
}

/** 还差3场 */
export function useStandingWords(): (line: Line) => string {
  const t = useText();
  return (line) =>
    t(`ledger.standing_${line.standing}`, { missing: amount(t, line.indicator, line.missing), n: line.missing });
}
