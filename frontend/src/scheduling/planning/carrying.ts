/** The orders in which one looks at who carries what. */
import type { Carrier } from "./types";

export const orders = ["most", "least", "unpopular", "unasked"] as const;
export type Order = (typeof orders)[number];

/** Past memory counts as longest ago. */
const weeksAgo = (person: Carrier): number => person.weeks_since_asked ?? Number.POSITIVE_INFINITY;
const load = (person: Carrier): number => person.places + person.history;
const unpopular = (person: Carrier): number => person.unpopular + person.unpopular_before;

const by: Record<Order, (a: Carrier, b: Carrier) => number> = {
  most: (a, b) => b.places - a.places || load(b) - load(a),
  least: (a, b) => a.places - b.places || load(a) - load(b),
  unpopular: (a, b) => unpopular(b) - unpopular(a),
  unasked: (a, b) => (weeksAgo(a) === weeksAgo(b) ? 0 : weeksAgo(b) - weeksAgo(a)),
};

export function inOrder(people: Carrier[], order: Order): Carrier[] {
  return [...people].sort((a, b) => by[order](a, b) || a.volunteer - b.volunteer);
}

/** The bar: what they have, and what is left to their wish, or else to their limit. */
export function barOf({ places, wish, limit }: Carrier): { taken: number; left: number } {
  return { taken: places, left: Math.max(0, (wish ?? limit ?? places) - places) };
}
