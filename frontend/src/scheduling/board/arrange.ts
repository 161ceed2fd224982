/** What stands where on the board. Plain functions: no React, no dates but the hub's own days. */
import { localDay } from "@/ui/dates";
import { type Filters, leavesOut } from "./filters";
import type { BoardRoom, BoardSession, BoardSite } from "./types";

/** A room's line, or the line of what a site does outside its rooms. */
export interface Row {
  key: string;
  room: BoardRoom | null;
  sessions: BoardSession[];
}

export interface SiteRows {
  site: BoardSite;
  missing: number;
  rows: Row[];
}

const byTime = (a: BoardSession, b: BoardSession): number => a.starts_at.localeCompare(b.starts_at) || a.id - b.id;
const byNeed = (a: BoardSession, b: BoardSession): number => b.missing - a.missing || byTime(a, b);

export const inOrder = (sessions: BoardSession[], unfilledFirst: boolean): BoardSession[] =>
  [...sessions].sort(unfilledFirst ? byNeed : byTime);

/** Where a session is, by the names of its site and room. */
export function placeName(sites: BoardSite[]): (place: Pick<BoardSession, "hub" | "room">) => string {
  const names = new Map(sites.map((site) => [site.id, site.name]));
  const rooms = new Map(sites.flatMap((site) => site.rooms.map((room) => [room.id, room.name])));
  return ({ hub, room }) => `${names.get(hub) ?? ""} ${rooms.get(room ?? 0) ?? ""}`.trim();
}

/** The sites with a line for each room; sites and rooms without a session are left out while something is filtered.
 * `sessions`: those that fit the filters. */
export function arrange(sites: BoardSite[], sessions: BoardSession[], filters: Filters, hub?: number): SiteRows[] {
  const bySite = new Map<number, BoardSession[]>();
  for (const session of sessions) {
    const here = bySite.get(session.hub);
    if (here) here.push(session);
    else bySite.set(session.hub, [session]);
  }
  const filtering = leavesOut(filters);
  const arranged: SiteRows[] = [];
  for (const site of sites) {
    if (hub !== undefined && site.id !== hub) continue;
    const here = bySite.get(site.id) ?? [];
    const line = (key: string, room: BoardRoom | null): Row => ({
      key,
      room,
      sessions: here.filter((session) => session.room === (room?.id ?? null)).sort(byTime),
    });
    const rows = site.rooms.map((room) => line(`room-${room.id}`, room));
    const outside = line(`site-${site.id}`, null);
    if (outside.sessions.length > 0 || rows.length === 0) rows.push(outside);
    const kept = filtering ? rows.filter((row) => row.sessions.length > 0) : rows;
    if (kept.length === 0) continue;
    arranged.push({ site, missing: here.reduce((sum, session) => sum + session.missing, 0), rows: kept });
  }
  return filters.unfilledFirst ? arranged.sort((a, b) => b.missing - a.missing) : arranged;
}

const days = new WeakMap<BoardSession, string>();

/** A session's local day; worked out once, since asking the zone is slow and a week asks thousands of times. */
function dayOf(session: BoardSession): string {
  let day = days.get(session);
  if (day === undefined) {
    day = localDay(session.starts_at);
    days.set(session, day);
  }
  return day;
}

export const onDay = (sessions: BoardSession[], day: string): BoardSession[] =>
  sessions.filter((session) => dayOf(session) === day);

/** Where an arrow key leads: along a line by time, between lines to what is nearest in time. */
export function neighbor(rows: Row[], id: number, key: string): number | undefined {
  const filled = rows.filter((row) => row.sessions.length > 0);
  const at = filled.findIndex((row) => row.sessions.some((session) => session.id === id));
  const row = filled[at];
  if (!row) return filled[0]?.sessions[0]?.id;
  const place = row.sessions.findIndex((session) => session.id === id);
  if (key === "ArrowRight") return row.sessions[place + 1]?.id;
  if (key === "ArrowLeft") return row.sessions[place - 1]?.id;
  const other = filled[key === "ArrowDown" ? at + 1 : at - 1];
  const start = Date.parse(row.sessions[place]?.starts_at ?? "");
  const away = (session: BoardSession) => Math.abs(Date.parse(session.starts_at) - start);
  return other?.sessions.reduce((best, session) => (away(session) < away(best) ? session : best)).id;
}

/** Lines within a line, so that bars that overlap lie below one another. */
export function lanes(sessions: BoardSession[]): BoardSession[][] {
  const found: BoardSession[][] = [];
  for (const session of [...sessions].sort(byTime)) {
    const free = found.find((lane) => (lane.at(-1)?.ends_at ?? "") <= session.starts_at);
    if (free) free.push(session);
    else found.push([session]);
  }
  return found.length > 0 ? found : [[]];
}

const FIRST_HOUR = 8;
const LAST_HOUR = 20;
const hourOf = (moment: string, day: string): number =>
  (Date.parse(moment) - Date.parse(`${day}T00:00:00+08:00`)) / 3_600_000;

/** The hours a day's axis spans: the usual ones, wider where a session asks for it. */
export function hoursOf(sessions: BoardSession[], day: string): { from: number; to: number } {
  const starts = sessions.map((session) => Math.floor(hourOf(session.starts_at, day)));
  const ends = sessions.map((session) => Math.ceil(hourOf(session.ends_at, day)));
  return { from: Math.max(0, Math.min(FIRST_HOUR, ...starts)), to: Math.min(24, Math.max(LAST_HOUR, ...ends)) };
}

/** A bar's place on the axis, in percent. */
export function spanOf(session: BoardSession, day: string, hours: { from: number; to: number }) {
  const width = hours.to - hours.from;
  const start = Math.max(hours.from, hourOf(session.starts_at, day));
  const end = Math.min(hours.to, hourOf(session.ends_at, day));
  return { left: ((start - hours.from) / width) * 100, width: ((end - start) / width) * 100 };
}
