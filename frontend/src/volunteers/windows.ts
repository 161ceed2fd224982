/** Weekly times as the editor needs them: parts of a day to tap, and exact windows below. */
import type { components } from "@/api/schema";

export type Window = components["schemas"]["WindowOut"];

export const DAY = 24 * 60;
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

/** Morning, afternoon, evening: what a tap means, in minutes after midnight. */
export const PARTS = [
  { name: "morning", start: 8 * 60, end: 12 * 60 },
  { name: "afternoon", start: 12 * 60, end: 18 * 60 },
  { name: "evening", start: 18 * 60, end: 21 * 60 },
] as const;
export type Part = (typeof PARTS)[number];

type Span = { start: number; end: number };

/** In order, and what touches as one. */
export function tidy(windows: Window[]): Window[] {
  const found: Window[] = [];
  for (const one of [...windows].sort((a, b) => a.weekday - b.weekday || a.start - b.start)) {
    const last = found.at(-1);
    if (last && last.weekday === one.weekday && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else found.push({ ...one });
  }
  return found;
}

export const on = (windows: Window[], weekday: number): Window[] => windows.filter((one) => one.weekday === weekday);

export const covers = (windows: Window[], weekday: number, part: Span): boolean =>
  tidy(on(windows, weekday)).some((one) => one.start <= part.start && part.end <= one.end);

export const touches = (windows: Window[], weekday: number, part: Span): boolean =>
  on(windows, weekday).some((one) => one.start < part.end && part.start < one.end);

/** A part that is free becomes taken out, any other becomes free as a whole. */
export function toggle(windows: Window[], weekday: number, part: Span): Window[] {
  if (!covers(windows, weekday, part)) return tidy([...windows, { weekday, start: part.start, end: part.end }]);
  return tidy(
    windows.flatMap((one) =>
      one.weekday === weekday
        ? [
            { ...one, end: Math.min(one.end, part.start) },
            { ...one, start: Math.max(one.start, part.end) },
          ].filter((left) => left.start < left.end)
        : [one],
    ),
  );
}

/** 16:30 for 990; the end of a day is 24:00. */
export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** What an input of time says; its midnight is the day's end where an end is meant. */
export function minutesOf(time: string, isEnd = false): number | undefined {
  const [hours, minutes] = time.split(":").map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return undefined;
  const found = hours * 60 + minutes;
  return isEnd && found === 0 ? DAY : found;
}

export const isSound = (windows: Window[]): boolean => windows.every((one) => one.start < one.end);

/** Days in a row with the same hours are said once: Monday to Friday. */
export function runsOfDays(windows: Window[]) {
  const runs: { first: number; last: number; start: number; end: number }[] = [];
  for (const { weekday, start, end } of [...windows].sort((a, b) => a.start - b.start || a.weekday - b.weekday)) {
    const run = runs.find((one) => one.start === start && one.end === end && one.last === weekday - 1);
    if (run) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, start, end });
  }
  return runs.sort((a, b) => a.first - b.first || a.start - b.start);
}
