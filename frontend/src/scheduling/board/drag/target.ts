/** Where a dragged session would be held: plain functions of the board's boxes and the pointer. */
import type { Held } from "@/scheduling/sessions";
import { daysBetween, localDay } from "@/ui/dates";
import type { BoardSession } from "../types";

export interface Hours {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const STEP = 15;
const DAY = 24 * 60;

const shifted = (moment: string, minutes: number): string =>
  new Date(Date.parse(moment) + minutes * MINUTE).toISOString();

const length = (session: BoardSession): number =>
  (Date.parse(session.ends_at) - Date.parse(session.starts_at)) / MINUTE;

/** Minutes from the local midnight of `day`. */
const minuteOf = (moment: string, day: string): number =>
  (Date.parse(moment) - Date.parse(`${day}T00:00:00+08:00`)) / MINUTE;

/** On another day at its own hours: a week's cells say no more. */
export function onThatDay(session: BoardSession, day: string, place: Pick<Held, "hub" | "room">): Held {
  const days = daysBetween(localDay(session.starts_at), day);
  return {
    ...place,
    starts_at: shifted(session.starts_at, days * DAY),
    ends_at: shifted(session.ends_at, days * DAY),
  };
}

/** At the quarter of an hour nearest to where its left edge is: `at`, a share of the axis (0 its beginning, 1 its end).
 * A session stays within its day. */
export function atThatTime(
  session: BoardSession,
  day: string,
  hours: Hours,
  at: number,
  place: Pick<Held, "hub" | "room">,
): Held {
  const wanted = Math.round(((hours.from + at * (hours.to - hours.from)) * 60) / STEP) * STEP;
  const minutes = Math.max(0, Math.min(wanted, DAY - length(session)));
  const by = minutes - minuteOf(session.starts_at, day);
  return { ...place, starts_at: shifted(session.starts_at, by), ends_at: shifted(session.ends_at, by) };
}

export const isThere = (session: BoardSession, held: Held): boolean =>
  session.hub === held.hub &&
  session.room === held.room &&
  Date.parse(session.starts_at) === Date.parse(held.starts_at) &&
  Date.parse(session.ends_at) === Date.parse(held.ends_at);

/** What already is in that room then, as far as this screen knows: the server has the last word. */
export function inTheWay(session: BoardSession, held: Held, others: BoardSession[]): BoardSession | undefined {
  if (held.room === null) return undefined;
  const [from, until] = [Date.parse(held.starts_at), Date.parse(held.ends_at)];
  return others.find(
    (other) =>
      other.id !== session.id &&
      other.room === held.room &&
      other.state !== "cancelled" &&
      Date.parse(other.starts_at) < until &&
      Date.parse(other.ends_at) > from,
  );
}

/** Whoever has a place is told when it moves: that is asked before it is done. */
export const comesWithPeople = (session: BoardSession): boolean =>
  session.booked + session.waiting > 0 || session.duty_worker !== null || session.needs.some((need) => need.filled > 0);
