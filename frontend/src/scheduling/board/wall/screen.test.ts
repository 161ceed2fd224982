import { expect, test } from "vitest";
import { onScreen, untilNight, type WallSession } from "./screen";

const at = (hours: number, minutes = 0) => new Date(2026, 11, 14, hours, minutes);
const session = (id: number, starts: Date, ends: Date): WallSession => ({
  id,
  title: "共读",
  room: "书屋",
  starts_at: starts.toISOString(),
  ends_at: ends.toISOString(),
  state: "full",
  missing: 0,
});

test("what goes on or begins within two hours stands there, what is over does not", () => {
  const all = [
    session(1, at(8), at(9)),
    session(2, at(8, 30), at(10)),
    session(3, at(11, 29), at(12)),
    session(4, at(11, 30), at(12)),
  ];
  const shown = onScreen(all, at(9, 30).getTime());
  expect([shown.sessions.map(({ id }) => id), shown.more, shown.next?.id]).toEqual([[2, 3], 0, 2]);
});

test("what finds no row is counted, and what comes next is known when nothing is near", () => {
  const many = Array.from({ length: 8 }, (_, id) => session(id, at(10), at(11)));
  expect(onScreen(many, at(9).getTime())).toMatchObject({ more: 2 });
  expect(onScreen(many, at(6).getTime())).toMatchObject({ sessions: [], next: { id: 0 } });
  expect(onScreen(many, at(12).getTime())).toMatchObject({ sessions: [], next: undefined });
});

test("it begins anew at four in the morning", () => {
  expect(untilNight(at(3, 59))).toBe(60_000);
  expect(untilNight(at(4))).toBe(24 * 3_600_000);
  expect(untilNight(at(22))).toBe(6 * 3_600_000);
});
