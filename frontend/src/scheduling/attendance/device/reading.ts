/** What a scan means, as far as the tablet can tell: to greet people at once. The server decides, by the same rules. */
import type { Expected, Family, Sheet } from "../types";
import type { Scan } from "./store";

const MINUTE = 60_000;
const EARLIEST = 30 * MINUTE;
const LATEST = 120 * MINUTE;
const SAME_VISIT = 5 * MINUTE;

export type Greeting =
  | { kind: "in" | "out" | "again" | "gone"; name: string; at: number; title: string }
  | { kind: "late"; name: string; title: string }
  | { kind: "early"; name: string; starts: string }
  | { kind: "not_today"; name: string }
  | { kind: "arrived" | "let_go" | "alone"; name: string; at: number }
  | { kind: "family_unknown" }
  | { kind: "unknown" | "unreadable" };

/** A typed number as a card's QR would say it. */
export function normal(text: string): string {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  return /^\d+$/.test(plain) ? `RQ${plain}` : plain;
}

const reads = (prefix: string) => (text: string) =>
  new RegExp(`^${prefix}\\d{8}([0-9A-F]{20})?$`).test(text) && checks(text.slice(2, 10));

/** A volunteer's; a family's. */
export const isCard = reads("RQ");
export const isFamilyCard = reads("RF");

/** Luhn's: a slip of the finger is nobody else. */
function checks(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (1 + (place % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

export async function proofOf(card: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(card));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whose card it is; undefined for one that is not on the sheet, or whose code is another. */
export async function holderOf(card: string, sheet: Sheet): Promise<Expected | undefined> {
  const person = sheet.expected.find((one) => one.number === card.slice(2, 10));
  if (!person || card.length === 10) return person;
  return person.proof === (await proofOf(card)) ? person : undefined;
}

export interface Found {
  family: Family;
  /** As it was held before the tablet: opens more than a number does. */
  card: string | undefined;
}

/** Whose children a family's card is for, or the number typed of one; undefined for whoever has none here today. */
export async function familyOf(text: string, sheet: Sheet): Promise<Found | undefined> {
  const number = text.slice(2, 10);
  const family = sheet.families.find((one) => one.number !== "" && one.number === number);
  if (!family || text.length === 10) return family && { family, card: undefined };
  return text.startsWith("RF") && family.proof === (await proofOf(text)) ? { family, card: text } : undefined;
}

export interface Seen {
  came: number | undefined;
  went: number | undefined;
}

/** How one place stands: what the server knew, and what was scanned here since. `seen`: moments, in order. */
export function seenFor(place: Expected["places"][number], seen: number[]): Seen {
  const [starts, ends] = [Date.parse(place.starts_at), Date.parse(place.ends_at)];
  let came = place.signed_in_at ? Date.parse(place.signed_in_at) : undefined;
  let went = place.signed_out_at ? Date.parse(place.signed_out_at) : undefined;
  for (const at of seen) {
    if (at < starts - EARLIEST || at > ends + LATEST) continue;
    if (came === undefined) {
      if (at < ends) came = at;
    } else if (at - came >= SAME_VISIT && (went === undefined || went < ends)) went = Math.max(went ?? at, at);
  }
  return { came, went };
}

/** When somebody's card was held here, or its number typed, by the server's clock. Another card of that number is not. */
export const momentsOf = (person: Expected, scans: Scan[], offset: number): number[] =>
  scans
    .filter(({ card, proof }) => card.slice(2, 10) === person.number && (card.length === 10 || proof === person.proof))
    .map((scan) => scan.at + offset);

export function greet(person: Expected | undefined, before: number[], at: number): Greeting {
  if (!person) return { kind: "unknown" };
  const { name } = person;
  const open = person.places.filter(
    (place) => at >= Date.parse(place.starts_at) - EARLIEST && at <= Date.parse(place.ends_at) + LATEST,
  );
  // Between two sessions the one that begins is what people come for.
  for (const place of [...open].reverse()) {
    const [was, is] = [seenFor(place, before), seenFor(place, [...before, at])];
    if (was.came === undefined && is.came !== undefined) return { kind: "in", name, at, title: place.title };
    if (was.went !== is.went && is.went !== undefined) return { kind: "out", name, at: is.went, title: place.title };
    if (is.went !== undefined) return { kind: "gone", name, at: is.went, title: place.title };
    if (is.came !== undefined) return { kind: "again", name, at: is.came, title: place.title };
    // Over, and nobody noted that they came: staff have to say.
    return { kind: "late", name, title: place.title };
  }
  const next = person.places.find((place) => Date.parse(place.starts_at) > at);
  return next ? { kind: "early", name, starts: next.starts_at } : { kind: "not_today", name };
}
