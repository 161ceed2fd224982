import type { components } from "@/api/schema";

export type Board = components["schemas"]["Board"];
export type BoardSession = components["schemas"]["BoardSession"];
export type BoardSite = components["schemas"]["BoardSite"];
export type BoardRoom = components["schemas"]["BoardRoom"];
export type SessionPanel = components["schemas"]["SessionPanel"];

/** A children's session whose adults can't cover the children booked. */
export const lacksAdults = (session: BoardSession): boolean =>
  session.state !== "cancelled" && session.adults !== null && session.adults.present < session.adults.required;
