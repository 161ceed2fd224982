/** How the day's children stand, as far as the tablet can tell. The server decides, by the same rules. */
import type { ChildPlace, Family } from "../types";
import type { Deed, Liked } from "./store";

const MINUTE = 60_000;
const EARLIEST = 30 * MINUTE;
const TRIES = 5;
/** Wrong codes are forgiven after this long; staff see them meanwhile. */
const LOCKED = 10 * MINUTE;

export type Child = Family["children"][number];

export interface Standing {
  came: number | undefined;
  left: number | undefined;
}

/** What the server knew, and what was noted here since and is not told yet: it knows more of what it was told. */
export function standingOf(place: ChildPlace, deeds: Deed[], offset: number): Standing {
  let came = place.arrived_at ? Date.parse(place.arrived_at) : undefined;
  let left = place.left_at ? Date.parse(place.left_at) : undefined;
  for (const deed of deeds) {
    if (deed.sent || deed.booking !== place.booking) continue;
    const at = deed.at + offset;
    if (deed.kind === "in" && (came === undefined || (left !== undefined && at > left))) {
      came ??= at;
      left = undefined;
    } else if (deed.kind === "out" && came !== undefined) left ??= at;
  }
  return { came, left };
}

export const isHere = ({ came, left }: Standing): boolean => came !== undefined && left === undefined;

const mayArrive = (place: ChildPlace, { came }: Standing, now: number): boolean =>
  came === undefined && now >= Date.parse(place.starts_at) - EARLIEST && now < Date.parse(place.ends_at);

export interface ChildNow {
  child: Child;
  /** Bookings that it may come to now; that it is here for. */
  awaited: number[];
  here: number[];
}

export function childrenNow(family: Family, deeds: Deed[], offset: number, now: number): ChildNow[] {
  return family.children.map((child) => {
    const places = child.places.map((place) => ({ place, standing: standingOf(place, deeds, offset) }));
    const of = (some: typeof places) => some.map(({ place }) => place.booking);
    return {
      child,
      awaited: of(places.filter(({ place, standing }) => mayArrive(place, standing, now))),
      here: of(places.filter(({ standing }) => isHere(standing))),
    };
  });
}

/** How many wrong codes more, and until when none at all. By this clock. */
export function triesLeft(family: Family, deeds: Deed[], now: number): { left: number; until: number } {
  const own = new Set(family.children.flatMap((child) => child.places.map((place) => place.booking)));
  const wrong = deeds.filter((deed) => deed.kind === "try" && own.has(deed.booking) && now - deed.at < LOCKED);
  return { left: Math.max(0, TRIES - wrong.length), until: (wrong.at(-TRIES)?.at ?? now) + LOCKED };
}

/** Of the bookings that end here, those of sessions that the family was not asked about yet: brothers and sisters say it
 * once. */
export function toAsk(family: Family, going: number[], faces: Liked[], now: number): number[] {
  const places = family.children.flatMap((child) => child.places);
  const session = (place: ChildPlace) => `${place.starts_at} ${place.title}`;
  const said = new Set(faces.map((one) => one.booking));
  const asked = new Set(places.filter((place) => said.has(place.booking)).map(session));
  return places
    .filter(
      (place) => going.includes(place.booking) && now >= Date.parse(place.starts_at) && !asked.has(session(place)),
    )
    .map((place) => place.booking);
}
