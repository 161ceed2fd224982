import type { components } from "@/api/schema";
import { addDays } from "@/ui";

export type MarkedDay = components["schemas"]["MarkedDayOut"];

export interface Span {
  first: string;
  last: string;
  works: boolean;
  byHand: boolean;
}

/** Published days that follow one another are one line; one added here stands alone, since it can be taken away. */
export function spansOf(days: MarkedDay[]): Span[] {
  const spans: Span[] = [];
  for (const { day, works, by_hand } of days) {
    const before = spans.at(-1);
    if (before && !before.byHand && !by_hand && before.works === works && addDays(before.last, 1) === day) {
      before.last = day;
    } else {
      spans.push({ first: day, last: day, works, byHand: by_hand });
    }
  }
  return spans;
}
