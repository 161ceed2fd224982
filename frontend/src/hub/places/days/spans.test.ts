import { expect, test } from "vitest";
import { spansOf } from "./spans";

const day = (day: string, works: boolean, by_hand = false, instead_of: string | null = null) => ({
  day,
  works,
  by_hand,
  instead_of,
});

test("published days in a row are one line, those added here stand alone", () => {
  const days = [
    day("2026-01-01", false),
    day("2026-01-02", false),
    day("2026-01-04", true, false, "2026-01-02"),
    day("2026-12-30", false),
    day("2026-12-31", false, true),
  ];
  expect(spansOf(days)).toEqual([
    { first: "2026-01-01", last: "2026-01-02", works: false, byHand: false, insteadOf: null },
    { first: "2026-01-04", last: "2026-01-04", works: true, byHand: false, insteadOf: "2026-01-02" },
    { first: "2026-12-30", last: "2026-12-30", works: false, byHand: false, insteadOf: null },
    { first: "2026-12-31", last: "2026-12-31", works: false, byHand: true, insteadOf: null },
  ]);
});
