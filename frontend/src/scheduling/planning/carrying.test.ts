import { expect, test } from "vitest";
import { barOf, inOrder } from "./carrying";
import type { Carrier } from "./types";

const person = (volunteer: number, facts: Partial<Carrier> = {}): Carrier => ({
  volunteer,
  name: "",
  places: 0,
  minutes: 0,
  unpopular: 0,
  history: 0,
  unpopular_before: 0,
  wish: null,
  limit: null,
  weeks_since_asked: null,
  ...facts,
});

test("each order puts first whom it is about, and leaves ties as they came", () => {
  const people = [
    person(1, { places: 1, history: 4, weeks_since_asked: 1 }),
    person(2, { places: 3, unpopular: 1, weeks_since_asked: 2 }),
    person(3, { places: 1, history: 1, unpopular_before: 2 }),
    person(4, { weeks_since_asked: 1 }),
  ];
  const order = (name: Parameters<typeof inOrder>[1]) => inOrder(people, name).map((one) => one.volunteer);
  expect(order("most")).toEqual([2, 1, 3, 4]);
  expect(order("least")).toEqual([4, 3, 1, 2]);
  expect(order("unpopular")).toEqual([3, 2, 1, 4]);
  expect(order("unasked")).toEqual([3, 2, 1, 4]);
});

test("the bar goes to the wish, then to the limit, and never shows less than is taken", () => {
  expect(barOf(person(1, { places: 1, wish: 2, limit: 5 }))).toEqual({ taken: 1, left: 1 });
  expect(barOf(person(1, { places: 1, limit: 3 }))).toEqual({ taken: 1, left: 2 });
  expect(barOf(person(1, { places: 3, wish: 1 }))).toEqual({ taken: 3, left: 0 });
  expect(barOf(person(1, { places: 2 }))).toEqual({ taken: 2, left: 0 });
});
