/** What the form of a series holds, and what the server takes. */

import { needsFit } from "@/scheduling/sessions/NeedsEditor";
import type { Details } from "@/scheduling/sessions/SessionForm";
import { isPossible, type Where } from "@/scheduling/sessions/WhenWhere";
import { type Repeat, readRule, weekdayOf, writeRule } from "./rule";
import type { Days, Series, Term } from "./types";

export interface SeriesDraft {
  where: Where;
  repeat: Repeat;
  ends: "term" | "until" | "count";
  until: string;
  count: number;
  term: number | null;
  holidays: Days["holidays"];
  makeup: boolean;
  group_only: boolean;
  details: Details;
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Where a school term runs on that day, it ends with it: that is what people mean most often. */
export function newDraft(day: string, hub: number, terms: Term[], details: Details): SeriesDraft {
  const term = terms.find((one) => one.first_day <= day && day <= one.last_day && (!one.hub || one.hub === hub));
  return {
    where: { day, from: "16:30", to: "18:00", hub, room: null },
    repeat: { every: "week", interval: 1, days: [weekdayOf(day)] },
    ends: term ? "term" : "count",
    until: "",
    count: 10,
    term: term?.id ?? null,
    holidays: "skip",
    makeup: true,
    group_only: false,
    details,
  };
}

export function draftOf(series: Series): SeriesDraft {
  const needs = (series.needs ?? []).map((need, position) => ({ ...need, key: `need-${position}` }));
  return {
    where: {
      day: series.first_day,
      from: timeOf(series.start),
      to: timeOf(series.start + series.minutes),
      hub: series.hub,
      room: series.room ?? null,
    },
    repeat: readRule(series.rule),
    ends: series.until ? "until" : series.count ? "count" : "term",
    until: series.until ?? "",
    count: series.count ?? 10,
    term: series.term ?? null,
    holidays: series.holidays,
    makeup: series.makeup,
    group_only: series.group_only,
    details: { places: series.places ?? null, duty_worker: series.duty_worker ?? null, note: series.note, needs },
  };
}

export function bodyOf(draft: SeriesDraft): Days {
  const { where, details } = draft;
  return {
    first_day: where.day,
    rule: writeRule(draft.repeat),
    until: draft.ends === "until" ? draft.until : null,
    count: draft.ends === "count" ? draft.count : null,
    term: draft.term,
    holidays: draft.holidays,
    makeup: draft.makeup,
    start: minutesOf(where.from),
    minutes: minutesOf(where.to) - minutesOf(where.from),
    hub: where.hub,
    room: where.room,
    places: details.places,
    group_only: draft.group_only,
    duty_worker: details.duty_worker,
    note: details.note,
    needs: details.needs.map(({ key: _key, id: _id, ...need }) => need),
  };
}

export function isReady(draft: SeriesDraft): boolean {
  const { repeat, ends } = draft;
  const repeats = repeat.every !== "week" || repeat.days.length > 0;
  const bounded = ends === "until" ? draft.until !== "" : ends === "count" ? draft.count > 0 : draft.term !== null;
  return isPossible(draft.where) && repeats && bounded && needsFit(draft.details.needs);
}
