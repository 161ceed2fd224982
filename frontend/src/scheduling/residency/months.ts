/** A month is named by its first day, as 2026-12-01. */
import { useMemo } from "react";
import { useLanguage } from "@/i18n";

export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** Of an address, which anybody may have written: what names no month is `otherwise`. */
export const monthIn = (written: string | null, otherwise: string): string =>
  written && /^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/.test(written) ? monthOf(written) : otherwise;

export function addMonths(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-01`;
}

/** 2026年12月 · December 2026 */
export function useMonthName(): (month: string) => string {
  const language = useLanguage();
  return useMemo(() => {
    const locale = language === "zh-Hans" ? "zh-Hans-CN" : "en-GB";
    const format = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" });
    return (month) => format.format(Date.parse(`${month}T12:00:00Z`));
  }, [language]);
}
