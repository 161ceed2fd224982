import type { components } from "@/api/schema";

export type Board = components["schemas"]["Board"];
export type BoardSession = components["schemas"]["BoardSession"];
export type BoardSite = components["schemas"]["BoardSite"];
export type BoardRoom = components["schemas"]["BoardRoom"];
export type SessionPanel = components["schemas"]["SessionPanel"];
export type Repairs = components["schemas"]["RepairsOut"];
export type RepairWay = components["schemas"]["RepairWay"];
export type RepairStep = components["schemas"]["RepairStep"];

/** A children's session whose adults can't cover the children booked. */
export const lacksAdults = (session: BoardSession): boolean =>
  session.state !== "cancelled" && session.adults !== null && session.adults.present < session.adults.required;

/** A session that lacks people, may be changed and has not begun. */
export const lacksPeople = (session: BoardSession): boolean =>
  (session.state === "short" || session.state === "empty") &&
  session.editable &&
  new Date(session.starts_at) > new Date();
