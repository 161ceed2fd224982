import { expect, test } from "vitest";
import { addMonths, monthIn, monthOf } from "./months";

test("months step over the year's end, whatever their length", () => {
  expect(monthOf("2026-12-31")).toBe("2026-12-01");
  expect(["2026-01-01", "2026-03-01", "2026-12-01"].map((one) => addMonths(one, -1))).toEqual([
    "2025-12-01",
    "2026-02-01",
    "2026-11-01",
  ]);
  expect(addMonths("2026-12-01", 1)).toBe("2027-01-01");
});

test("an address that names no month says what is said without one", () => {
  const read = (written: string | null) => monthIn(written, "2026-12-01");
  expect(["2026-03-01", "2026-03", "foo", "2026-13-01", "", null].map(read)).toEqual([
    "2026-03-01",
    "2026-03-01",
    ...Array(4).fill("2026-12-01"),
  ]);
});
