import { expect, test } from "vitest";
import { spansOf } from "./spans";

const day = (day: string, works: boolean, by_hand = false) => ({ day, works, by_hand });

test("published days in a row are one line, those added here stand alone", () => {
  const days = [
    day("2026-01-01", false),
    day("2026-01-02", false),
    day("2026-01-04", true),
    day("2026-12-30", false),
    day("2026-12-31", false, true),
  ];
  expect(spansOf(days)).toEqual([
    { first: "2026-01-01", last: "2026-01-02", works: false, byHand: false },
    { first: "2026-01-04", last: "2026-01-04", works: true, byHand: false },
    { first: "2026-12-30", last: "2026-12-30", works: false, byHand: false },
    { first: "2026-12-31", last: "2026-12-31", works: false, byHand: true },
  ]);
});
