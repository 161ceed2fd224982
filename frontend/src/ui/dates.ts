/** Dates as people say them, always in the hub's zone whatever the phone's. */
import { useMemo } from "react";
import { useLanguage } from "@/i18n";
import type { Language } from "@/i18n/language";

export const hubZone = "Asia/Shanghai";
const DAY = 86_400_000;
const intl: Record<Language, string> = { "zh-Hans": "zh-Hans-CN", en: "en-GB" };

type Moment = string | Date;

/** The hub's calendar day of a moment, as 2026-12-14; a plain day stays what it is. */
export function localDay(moment: Moment, zone = hubZone): string {
  if (typeof moment === "string" && moment.length === 10) return moment;
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(moment));
}

export function addDays(day: string, days: number): string {
  return new Date(noon(day) + days * DAY).toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  return addDays(day, -((new Date(noon(day)).getUTCDay() + 6) % 7));
}

export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to) - noon(from)) / DAY);
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

export interface Dates {
  /** 12月14日 周一 · Mon 14 Dec */
  day(moment: Moment): string;
  /** 今天, 明天, 后天, 昨天 and otherwise the day */
  near(moment: Moment, now?: Moment): string;
  /** 2027年9月27日 · 27 Sept 2027: of what is far away */
  date(moment: Moment): string;
  /** 16:30 */
  time(moment: Moment): string;
  /** 12月14日 周一 16:30-18:00 */
  span(start: Moment, end: Moment): string;
  /** 明天 16:30-18:00, or the day where it is farther away */
  nearSpan(start: Moment, end: Moment, now?: Moment): string;
  /** 12月14日—20日, for any day of that week */
  week(moment: Moment): string;
  /** 周一 */
  weekday(moment: Moment): string;
}

export function datesIn(language: Language, zone = hubZone): Dates {
  const locale = intl[language];
  const chinese = language === "zh-Hans";
  const plain = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (day: string) => format.format(noon(day));
  };
  const dayAndMonth = plain({ month: "long", day: "numeric" });
  const shortDayAndMonth = plain({ month: chinese ? "long" : "short", day: "numeric" });
  const withYear = plain({ year: "numeric", month: chinese ? "long" : "short", day: "numeric" });
  const dayOnly = plain({ day: "numeric" });
  const weekdayOf = plain({ weekday: "short" });
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  const day = (moment: Moment) => {
    const local = localDay(moment, zone);
    const parts = [shortDayAndMonth(local), weekdayOf(local)];
    return (chinese ? parts : parts.reverse()).join(" ");
  };
  const near = (moment: Moment, now: Moment = new Date()) => {
    const distance = daysBetween(localDay(now, zone), localDay(moment, zone));
    const farthest = chinese ? 2 : 1;
    if (distance < -1 || distance > farthest) return day(moment);
    const words = relative.format(distance, "day");
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
  const time = (moment: Moment) => clock.format(new Date(moment));
  /** An end on a later day says which. */
  const hours = (start: Moment, end: Moment) =>
    localDay(start, zone) === localDay(end, zone)
      ? `${time(start)}-${time(end)}`
      : `${time(start)} - ${day(end)} ${time(end)}`;

  return {
    day,
    near,
    date: (moment) => withYear(localDay(moment, zone)),
    time,
    span: (start, end) => `${day(start)} ${hours(start, end)}`,
    nearSpan: (start, end, now) => `${near(start, now)} ${hours(start, end)}`,
    week: (moment) => {
      const monday = mondayOf(localDay(moment, zone));
      const sunday = addDays(monday, 6);
      const sameMonth = monday.slice(0, 7) === sunday.slice(0, 7);
      if (chinese) return `${dayAndMonth(monday)}\u2014${sameMonth ? dayOnly(sunday) : dayAndMonth(sunday)}`;
      return sameMonth
        ? `${dayOnly(monday)}\u2013${dayAndMonth(sunday)}`
        : `${dayAndMonth(monday)} \u2013 ${dayAndMonth(sunday)}`;
    },
    weekday: (moment) => weekdayOf(localDay(moment, zone)),
  };
}

/** `const dates = useDates(); dates.span(session.start, session.end)` */
export function useDates(): Dates {
  const language = useLanguage();
  return useMemo(() => datesIn(language), [language]);
}
