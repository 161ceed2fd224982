import { expect, it } from "vitest";
import type { BoardSession } from "../types";
import { atThatTime, comesWithPeople, inTheWay, isThere, onThatDay } from "./target";

const session = (id: number, values: Partial<BoardSession> = {}): BoardSession => ({
  id,
  revision: 1,
  state: "empty",
  missing: 0,
  starts_at: "2026-12-14T01:00:00Z",
  ends_at: "2026-12-14T02:30:00Z",
  hub: 1,
  room: 10,
  program: 1,
  title: "Reading",
  kind: "reading",
  agency: "",
  duty_worker: null,
  places: null,
  booked: 0,
  waiting: 0,
  needs: [],
  adults: null,
  editable: true,
  ...values,
});
const place = { hub: 1, room: 11 };
const span = (from: string, until: string) => ({ starts_at: `${from}:00.000Z`, ends_at: `${until}:00.000Z` });

it("keeps its hours on another day", () => {
  expect(onThatDay(session(1), "2026-12-17", place)).toEqual({
    ...place,
    ...span("2026-12-17T01:00", "2026-12-17T02:30"),
  });
});

it("snaps to a quarter of an hour by the hub's clock, and stays within its day", () => {
  const at = (share: number) => atThatTime(session(1), "2026-12-14", { from: 8, to: 20 }, share, place);
  expect(at(0.5)).toEqual({ ...place, ...span("2026-12-14T06:00", "2026-12-14T07:30") });
  expect(at(0.508).starts_at).toBe("2026-12-14T06:00:00.000Z");
  expect(at(0.512).starts_at).toBe("2026-12-14T06:15:00.000Z");
  expect(at(-3).starts_at).toBe("2026-12-13T16:00:00.000Z");
  expect(at(9)).toEqual({ ...place, ...span("2026-12-14T14:30", "2026-12-14T16:00") });
});

it("is where it was when nothing changed, however the moment is written", () => {
  const here = { hub: 1, room: 10, ...span("2026-12-14T01:00", "2026-12-14T02:30") };
  expect([isThere(session(1), here), isThere(session(1), { ...here, room: 11 })]).toEqual([true, false]);
});

it("finds what is in a room then: what touches is no clash, nor what is cancelled or has no room", () => {
  const held = { hub: 1, room: 10, ...span("2026-12-14T02:00", "2026-12-14T03:00") };
  const touching = { starts_at: "2026-12-14T03:00:00Z", ends_at: "2026-12-14T04:00:00Z" };
  const others = [
    session(1),
    session(2, touching),
    session(3, { state: "cancelled" }),
    session(4, { room: null }),
    session(5),
  ];
  expect(inTheWay(session(1), held, others)?.id).toBe(5);
  expect(inTheWay(session(1), { ...held, room: null }, others)).toBeUndefined();
});

it("asks first where anybody has a place", () => {
  const need = { id: 1, role: "Reader", skill: "", min: 1, target: 1, filled: 1 };
  const people = [{}, { booked: 1 }, { waiting: 1 }, { duty_worker: "Yuan" }, { needs: [need] }];
  expect(people.map((values) => comesWithPeople(session(1, values)))).toEqual([false, true, true, true, true]);
});
