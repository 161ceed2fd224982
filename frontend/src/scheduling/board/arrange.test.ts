import { describe, expect, it } from "vitest";
import { arrange, hoursOf, lanes, neighbor, placeName, spanOf } from "./arrange";
import { unfiltered as all, choices, type Filters, matches } from "./filters";
import type { BoardSession, BoardSite } from "./types";
import { lacksAdults } from "./types";
import { patched } from "./useBoard";

const site = (id: number, name: string, rooms: string[]): BoardSite => ({
  id,
  name,
  kind: "hub",
  parent: null,
  rooms: rooms.map((room, index) => ({ id: id * 10 + index, name: room, capacity: null })),
});
const session = (id: number, values: Partial<BoardSession> = {}): BoardSession => ({
  id,
  revision: 1,
  state: "full",
  missing: 0,
  starts_at: "2026-12-14T01:00:00Z",
  ends_at: "2026-12-14T02:30:00Z",
  hub: 1,
  room: 10,
  program: 1,
  title: "Reading",
  kind: "reading",
  agency: "Sunlight",
  duty_worker: null,
  places: null,
  booked: 0,
  waiting: 0,
  needs: [],
  adults: null,
  editable: true,
  ...values,
});
const sites = [site(1, "Shuanglong", ["Book house", "Hall"]), site(2, "Xinjie", [])];
/** As the page does: those that fit, arranged. */
const shown = (sessions: BoardSession[], filters: Filters, hub?: number) => {
  const nameOf = placeName(sites);
  return arrange(
    sites,
    sessions.filter((one) => matches(one, filters, nameOf(one))),
    filters,
    hub,
  );
};
const lines = (found: ReturnType<typeof arrange>) =>
  found.map((one) => [one.site.name, ...one.rows.map((row) => [row.key, ...row.sessions.map((item) => item.id)])]);

describe("arrange", () => {
  it("gives each room a line, and one to what has no room", () => {
    const found = arrange(sites, [session(1), session(2, { room: null })], all);
    expect(lines(found)).toEqual([
      ["Shuanglong", ["room-10", 1], ["room-11"], ["site-1", 2]],
      ["Xinjie", ["site-2"]],
    ]);
  });

  it("finds by title, worker and room, and leaves out what has nothing to show", () => {
    const sessions = [
      session(1),
      session(2, { room: 11, title: "Books", duty_worker: "Yuan" }),
      session(3, { hub: 2, room: null }),
    ];
    const search = (text: string) => lines(shown(sessions, { ...all, search: text }));
    expect(search("book")).toEqual([["Shuanglong", ["room-10", 1], ["room-11", 2]]]);
    expect(search(" yuan ")).toEqual([["Shuanglong", ["room-11", 2]]]);
    expect(search("xinjie")).toEqual([["Xinjie", ["site-2", 3]]]);
    expect(search("nothing")).toEqual([]);
  });

  it("keeps to a kind, to one's own and to one site", () => {
    const sessions = [session(1, { editable: false }), session(2, { kind: "meal", hub: 2, room: null })];
    expect(lines(shown(sessions, { ...all, kind: "meal" }))).toEqual([["Xinjie", ["site-2", 2]]]);
    expect(lines(shown(sessions, { ...all, ours: true }))).toEqual([["Xinjie", ["site-2", 2]]]);
    expect(lines(shown(sessions, all, 2))).toEqual([["Xinjie", ["site-2", 2]]]);
  });

  it("chooses by state, program, agency and skill, all at once", () => {
    const need = { id: 1, role: "Reader", skill: "Stories", min: 1, target: 1, filled: 0 };
    const sessions = [
      session(1, { state: "short", needs: [need] }),
      session(2, { title: "Books", agency: "Care" }),
      session(3, { state: "short", title: "Books" }),
    ];
    const ids = (filters: Partial<Filters>) =>
      sessions.filter((one) => matches(one, { ...all, ...filters }, "")).map((one) => one.id);
    expect(ids({ state: "short" })).toEqual([1, 3]);
    expect(ids({ state: "short", program: "Books" })).toEqual([3]);
    expect(ids({ agency: "Care" })).toEqual([2]);
    expect(ids({ skill: "Stories" })).toEqual([1]);
    expect([...choices(sessions, "program")]).toEqual([
      ["Books", 2],
      ["Reading", 1],
    ]);
    expect([...choices(sessions, "skill")]).toEqual([["Stories", 1]]);
  });

  it("puts first where most are missing", () => {
    const sessions = [session(1, { missing: 1 }), session(2, { missing: 3, hub: 2, room: null })];
    const found = arrange(sites, sessions, { ...all, unfilledFirst: true });
    expect(found.map((one) => [one.site.name, one.missing])).toEqual([
      ["Xinjie", 3],
      ["Shuanglong", 1],
    ]);
  });
});

describe("keys", () => {
  const rows = arrange(
    sites,
    [
      session(1),
      session(2, { starts_at: "2026-12-14T08:00:00Z" }),
      session(3, { room: null, starts_at: "2026-12-14T07:00:00Z" }),
      session(4, { room: null }),
    ],
    all,
  ).flatMap((one) => one.rows);

  it("walks along a line by time and between lines to what is nearest", () => {
    expect(neighbor(rows, 1, "ArrowRight")).toBe(2);
    expect(neighbor(rows, 1, "ArrowLeft")).toBeUndefined();
    expect(neighbor(rows, 2, "ArrowDown")).toBe(3);
    expect(neighbor(rows, 1, "ArrowDown")).toBe(4);
    expect(neighbor(rows, 3, "ArrowUp")).toBe(2);
    expect(neighbor(rows, 3, "ArrowDown")).toBeUndefined();
  });
});

describe("a day's axis", () => {
  it("spans the usual hours, wider where a session asks for it", () => {
    expect(hoursOf([session(1)], "2026-12-14")).toEqual({ from: 8, to: 20 });
    const early = session(2, { starts_at: "2026-12-13T22:10:00Z" });
    const late = session(3, { ends_at: "2026-12-14T13:10:00Z" });
    expect(hoursOf([early, late], "2026-12-14")).toEqual({ from: 6, to: 22 });
  });

  it("places a bar by the hub's clock", () => {
    const late = session(1, { starts_at: "2026-12-14T03:00:00Z", ends_at: "2026-12-14T04:30:00Z" });
    expect(spanOf(late, "2026-12-14", { from: 8, to: 20 })).toEqual({ left: 25, width: 12.5 });
  });

  it("lays overlapping bars below one another", () => {
    const second = session(2, { starts_at: "2026-12-14T02:00:00Z", ends_at: "2026-12-14T03:00:00Z" });
    const third = session(3, { starts_at: "2026-12-14T02:30:00Z", ends_at: "2026-12-14T03:00:00Z" });
    expect(lanes([third, second, session(1)]).map((lane) => lane.map((one) => one.id))).toEqual([[1, 3], [2]]);
    expect(lanes([])).toEqual([[]]);
  });
});

describe("patched", () => {
  const shown = { heads: {}, sites, sessions: [session(1), session(2)] };

  it("replaces what changed, drops what went, keeps the rest as it was", () => {
    const now = patched(shown, [2, 3], [session(3, { starts_at: "2026-12-14T00:00:00Z" })], () => true);
    expect(now.sessions.map((one) => one.id)).toEqual([3, 1]);
    expect(now.sessions[1]).toBe(shown.sessions[0]);
  });

  it("leaves out what no longer belongs", () => {
    expect(patched(shown, [2], [session(2, { hub: 2 })], (one) => one.hub === 1).sessions).toEqual([session(1)]);
  });
});

it("flags children's sessions whose adults can't cover them", () => {
  const adults = { required: 3, present: 2 };
  expect([session(1, { adults }), session(1), session(1, { adults, state: "cancelled" })].map(lacksAdults)).toEqual([
    true,
    false,
    false,
  ]);
});
