/** What stands on a lobby screen, and when it says that it is old. Plain functions. */
import type { components } from "@/api/schema";

export type WallSession = components["schemas"]["WallSession"];

const HOUR = 3_600_000;
/** So many rows are readable from five meters. */
export const ROWS = 6;
/** Some readings that failed, one after the other. */
export const STALE_AFTER = 60_000;

/** What goes on or begins within two hours; how many of these find no row; what comes next where there are none. */
export function onScreen(sessions: WallSession[], now: number) {
  const coming = sessions.filter((one) => Date.parse(one.ends_at) > now);
  const soon = coming.filter((one) => Date.parse(one.starts_at) < now + 2 * HOUR);
  return { sessions: soon.slice(0, ROWS), more: Math.max(0, soon.length - ROWS), next: coming[0] };
}

const RELOADS_AT = 4;

/** Milliseconds to the next four in the morning by this screen's clock. */
export function untilNight(now: Date): number {
  const night = new Date(now);
  night.setHours(RELOADS_AT, 0, 0, 0);
  if (night <= now) night.setDate(night.getDate() + 1);
  return night.getTime() - now.getTime();
}
