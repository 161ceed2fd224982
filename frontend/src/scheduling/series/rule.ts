/** A rule as people pick it, and as RFC 5545 writes it. A rule that the form doesn't know stays what it is. */

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Repeat =
  | { every: "week"; interval: number; days: Weekday[] }
  /** `nth` -1: the last of the month. */
  | { every: "month"; interval: number; nth: number; day: Weekday }
  | { every: "own"; rule: string };

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7] ?? "MO";
}

/** Which of its weekday in the month a day is; the fifth is the last. */
export function nthOf(day: string): number {
  const nth = Math.ceil(Number(day.slice(8, 10)) / 7);
  return nth > 4 ? -1 : nth;
}

export function writeRule(repeat: Repeat): string {
  if (repeat.every === "own") return repeat.rule;
  const interval = repeat.interval > 1 ? `;INTERVAL=${repeat.interval}` : "";
  if (repeat.every === "month") return `FREQ=MONTHLY${interval};BYDAY=${repeat.nth}${repeat.day}`;
  const days = WEEKDAYS.filter((day) => repeat.days.includes(day));
  return `FREQ=WEEKLY${interval};BYDAY=${days.join(",")}`;
}

const WEEKLY = /^FREQ=WEEKLY(?:;INTERVAL=(\d+))?;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)$/;
const MONTHLY = /^FREQ=MONTHLY(?:;INTERVAL=(\d+))?;BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/;

export function readRule(rule: string): Repeat {
  const weekly = WEEKLY.exec(rule);
  if (weekly) {
    const days = (weekly[2] ?? "").split(",") as Weekday[];
    return { every: "week", interval: Number(weekly[1] ?? 1), days };
  }
  const monthly = MONTHLY.exec(rule);
  if (monthly) {
    return { every: "month", interval: Number(monthly[1] ?? 1), nth: Number(monthly[2]), day: monthly[3] as Weekday };
  }
  return { every: "own", rule };
}
