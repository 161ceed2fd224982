import { expect, test } from "vitest";
import { nthOf, type Repeat, readRule, weekdayOf, writeRule } from "./rule";

const known: [Repeat, string][] = [
  [{ every: "week", interval: 1, days: ["TU", "TH"] }, "FREQ=WEEKLY;BYDAY=TU,TH"],
  [{ every: "week", interval: 2, days: ["WE"] }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"],
  [{ every: "month", interval: 1, nth: 1, day: "SA" }, "FREQ=MONTHLY;BYDAY=1SA"],
  [{ every: "month", interval: 3, nth: -1, day: "FR" }, "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"],
];

test.each(known)("what is picked is written as RFC 5545 has it, and read back", (repeat, rule) => {
  expect(writeRule(repeat)).toBe(rule);
  expect(readRule(rule)).toEqual(repeat);
});

test("days stand in the week's order, however they were picked", () => {
  expect(writeRule({ every: "week", interval: 1, days: ["FR", "MO"] })).toBe("FREQ=WEEKLY;BYDAY=MO,FR");
});

test("a rule that the form doesn't know stays what it is", () => {
  const own = "FREQ=MONTHLY;BYMONTHDAY=15";
  expect(readRule(own)).toEqual({ every: "own", rule: own });
  expect(writeRule(readRule(own))).toBe(own);
});

test("which of its weekday a day is; the fifth is the last", () => {
  expect(["2027-03-06", "2027-03-13", "2027-03-31"].map((day) => [weekdayOf(day), nthOf(day)])).toEqual([
    ["SA", 1],
    ["SA", 2],
    ["WE", -1],
  ]);
});
