import { hubZone } from "./dates";

/** How far the hub's wall clock is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "00";
  const wall = `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00Z`;
  return Date.parse(wall) - moment;
}

/** The moment at which the hub's clock shows this day and time (2026-12-14, 16:30), as ISO 8601. */
export function momentOf(day: string, time: string, zone = hubZone): string {
  const wall = Date.parse(`${day}T${time}:00Z`);
  return new Date(wall - offsetAt(wall, zone)).toISOString();
}
