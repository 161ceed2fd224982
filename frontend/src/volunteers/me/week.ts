/** A week that is no week in particular: what is said of weekdays and minutes of the day. */
import { mondayOf } from "@/ui";

export const DAY = 24 * 60;
export const MONDAY = mondayOf("2026-01-05");

/** 16:30 for 990. */
export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
