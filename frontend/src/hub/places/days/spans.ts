import type { components } from "@/api/schema";
import { addDays } from "@/ui";

export type MarkedDay = components["schemas"]["MarkedDayOut"];

export interface Span {
  first: string;
  last: string;
  works: boolean;
  byHand: boolean;
  /** Of a day worked: the day off it makes up for. */
  insteadOf: string | null;
}

/** Published days off that follow one another are one line; one added here stands alone, since it can be taken away, and
 * so does a day worked, which makes up for a day of its own. */
export function spansOf(days: MarkedDay[]): Span[] {
  const spans: Span[] = [];
  for (const { day, works, by_hand, instead_of } of days) {
    const before = spans.at(-1);
    if (before && !before.byHand && !by_hand && !before.works && !works && addDays(before.last, 1) === day) {
      before.last = day;
    } else {
      spans.push({ first: day, last: day, works, byHand: by_hand, insteadOf: instead_of });
    }
  }
  return spans;
}
