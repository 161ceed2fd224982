import { expect, it } from "vitest";
import { merge, type Parts, take } from "./merging";

interface Form {
  places: number;
  note: string;
  from: string;
  to: string;
}
const parts: Parts<Form> = [["places"], ["note"], ["from", "to"]];
const base: Form = { places: 10, note: "", from: "09:00", to: "10:00" };

it("keeps mine where only I changed something, and takes theirs where only they did", () => {
  const mine = { ...base, note: "cups" };
  expect(merge({ base, mine, theirs: { ...base, places: 12 } }, parts)).toEqual({
    value: { ...base, note: "cups", places: 12 },
    taken: [0],
    clashes: [],
  });
});

it("asks where both changed the same, unless they agree", () => {
  const mine = { ...base, places: 8, note: "cups" };
  const theirs = { ...base, places: 12, note: "cups" };
  expect(merge({ base, mine, theirs }, parts)).toEqual({ value: mine, taken: [], clashes: [0] });
});

it("says hours together: an end of mine and a beginning of theirs make no session", () => {
  const mine = { ...base, to: "11:00" };
  const theirs = { ...base, from: "14:00", to: "15:00" };
  expect(merge({ base, mine, theirs }, parts).clashes).toEqual([2]);
  expect(take(mine, theirs, ["from", "to"])).toEqual(theirs);
});

it("asks no more for what was chosen", () => {
  const mine = { ...base, places: 8, note: "mine" };
  const theirs = { ...base, places: 12, note: "theirs" };
  expect(merge({ base, mine, theirs }, parts, new Set([0])).clashes).toEqual([1]);
  expect(merge({ base, mine: take(mine, theirs, ["places"]), theirs }, parts).clashes).toEqual([1]);
});
