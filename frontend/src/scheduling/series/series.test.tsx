import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { loadTexts } from "@/i18n";
import { type Answers, fetched, show } from "@/test/render";
import NewSeriesPage from "./new/page";
import type { Outcome, Row } from "./types";

beforeEach(() => Promise.all([loadTexts("scheduling/series"), loadTexts("scheduling/sessions")]).then(() => undefined));

const row = (values: Partial<Row>): Row => ({
  key: values.day ?? "2027-03-02",
  day: "2027-03-02",
  what: "added",
  starts_at: "2027-03-02T08:30:00Z",
  ends_at: "2027-03-02T10:00:00Z",
  session: null,
  title: "",
  people: 0,
  reasons: [],
  room_name: "",
  wished_at: null,
  wished_room: null,
  offers: [],
  bearable: [],
  ...values,
});
const shown: Outcome = {
  saved: false,
  seen: "abc",
  series: null,
  unannounced: [2027, 2028],
  rows: [
    row({}),
    row({
      day: "2027-03-09",
      what: "not_held",
      starts_at: null,
      ends_at: null,
      reasons: [{ code: "holiday_skipped", facts: {}, borne: false }],
    }),
    row({
      day: "2027-03-16",
      what: "not_held",
      starts_at: null,
      ends_at: null,
      reasons: [
        {
          code: "clash",
          borne: false,
          facts: {
            resource: "room:10",
            title: "Snail books",
            room: "Book house",
            starts_at: "2027-03-16T16:00:00+08:00",
            ends_at: "2027-03-16T17:00:00+08:00",
          },
        },
      ],
    }),
  ],
};
const answers: Answers = {
  "GET /api/sessions/choices": {
    body: { programs: [{ id: 1, name: "Reading", kind: "reading", agency: 1 }], workers: [], skills: [], hubs: [1] },
  },
  "GET /api/places": { body: [{ id: 1, name: "Shuanglong", rooms: [{ id: 10, name: "Book house", capacity: 24 }] }] },
  "GET /api/terms": {
    body: [{ id: 7, name: "Spring", hub: null, first_day: "2027-03-01", last_day: "2027-07-02", editable: false }],
  },
};

async function fill() {
  const roles = await screen.findAllByLabelText(/^岗位/);
  fireEvent.change(roles.at(-1) as HTMLElement, { target: { value: "领读员" } });
}

it("shows every day with its reason before anything is saved, and saves what was seen", async () => {
  const log = fetched({ ...answers, "POST /api/series": { body: shown } });
  show(<NewSeriesPage />, "/series/new?day=2027-03-02&hub=1");
  await fill();
  fireEvent.click(screen.getByRole("button", { name: "看看是哪些天" }));
  const days = within(await screen.findByRole("list")).getAllByRole("listitem");
  expect(days.map((day) => day.textContent)).toEqual([
    "3月2日 周二 16:30-18:00新增",
    "3月9日 周二不办3月9日 周二放假",
    "3月16日 周二不办Book house已有“Snail books”（3月16日 周二 16:00-17:00）",
  ]);
  expect(screen.getByText(/^2027、2028年的放假调休通知还没出/)).toBeTruthy();
  const asked = JSON.parse(log.bodies.at(-1) ?? "");
  expect(asked).toMatchObject({
    program: 1,
    hub: 1,
    first_day: "2027-03-02",
    rule: "FREQ=WEEKLY;BYDAY=TU",
    term: 7,
    until: null,
    count: null,
    start: 990,
    minutes: 90,
    seen: "",
  });
  fireEvent.click(screen.getByRole("button", { name: "发布1场" }));
  await waitFor(() => expect(JSON.parse(log.bodies.at(-1) ?? "")).toEqual({ ...asked, seen: "abc" }));
  // The server found something changed meanwhile: it is said, and the days are shown anew.
  expect(await screen.findByText(/刚才有变化/)).toBeTruthy();
});

it("moves one day, bears what is alike on the others, and says why", async () => {
  const late = { code: "outside_hours", facts: { hub: "Shuanglong", opening: "08:00-18:00" }, borne: false };
  const clashing = ["2027-03-02", "2027-03-09", "2027-03-16"].map((day) =>
    row({
      day,
      what: "not_held",
      starts_at: null,
      ends_at: null,
      reasons: [late],
      wished_at: `${day}T18:30:00+08:00`,
      wished_room: 10,
      offers: [
        { room: 10, room_name: "Book house", starts_at: `${day}T16:30:00+08:00`, ends_at: `${day}T18:00:00+08:00` },
      ],
      bearable: ["outside_hours"],
    }),
  );
  const [first, ...others] = clashing as [Row, ...Row[]];
  const settled = [
    row({ room_name: "Book house" }),
    ...others.map(({ day }) => row({ day, reasons: [{ ...late, borne: true }] })),
  ];
  const comes = (rows: Row[]) => ({ body: { ...shown, rows } });
  const server: Answers = { ...answers, "POST /api/series": comes(clashing) };
  const log = fetched(server);
  show(<NewSeriesPage />, "/series/new?day=2027-03-02&hub=1");
  await fill();
  fireEvent.click(screen.getByRole("button", { name: "看看是哪些天" }));
  const days = () => screen.getAllByRole("listitem");
  await screen.findByText("有3天冲突。可以逐天改到空着的场地或时间；不处理的，就照下面写的办。");
  server["POST /api/series"] = comes([settled[0] as Row, ...others]);
  fireEvent.click(within(days()[0] as HTMLElement).getByRole("button", { name: "改到 16:30" }));
  await screen.findByText(/有2天冲突/);
  expect(document.activeElement).toBe(days()[0]);
  server["POST /api/series"] = comes(settled);
  fireEvent.click(screen.getByRole("checkbox", { name: "不在开放时间里的2天都仍这样安排" }));
  const reason = await screen.findByLabelText(/^仍要这样安排的理由/);
  const publish = screen.getByRole("button", { name: "发布3场" }) as HTMLButtonElement;
  expect(publish.disabled).toBe(true);
  fireEvent.change(reason, { target: { value: "家长下班晚" } });
  fireEvent.click(publish);
  await waitFor(() =>
    expect(JSON.parse(log.bodies.at(-1) ?? "")).toMatchObject({
      choices: [{ row: first.key, room: 10, starts_at: "2027-03-02T16:30:00+08:00", borne: [] }],
      borne: ["outside_hours"],
      borne_reason: "家长下班晚",
      seen: "abc",
    }),
  );
});

it("shows what was asked last, whoever's answer comes last", async () => {
  const late = { code: "outside_hours", facts: { hub: "Shuanglong", opening: "08:00-18:00" }, borne: false };
  const wished = (day: string) =>
    row({ day, what: "not_held", reasons: [late], wished_at: `${day}T18:30:00+08:00`, bearable: ["outside_hours"] });
  const clashing = { ...shown, rows: ["2027-03-02", "2027-03-09"].map(wished) };
  const borne = { ...shown, rows: [row({ reasons: [{ ...late, borne: true }] })] };
  const server: Answers = { ...answers, "POST /api/series": { body: clashing } };
  const log = fetched(server);
  show(<NewSeriesPage />, "/series/new?day=2027-03-02&hub=1");
  await fill();
  fireEvent.click(screen.getByRole("button", { name: "看看是哪些天" }));
  const bear = await screen.findByRole("checkbox", { name: /都仍这样安排/ });
  let resolve: (late: Outcome) => void = () => undefined;
  const promise = new Promise<Outcome>((told) => {
    resolve = told;
  });
  server["POST /api/series"] = { body: promise };
  const before = log.bodies.length;
  fireEvent.click(bear);
  await waitFor(() => expect(log.bodies.length).toBe(before + 1));
  server["POST /api/series"] = { body: clashing };
  fireEvent.click(bear);
  await waitFor(() => expect(log.bodies.length).toBe(before + 2));
  await act(async () => resolve(borne));
  expect(screen.getAllByRole("listitem").map((day) => day.dataset.what)).toEqual(["not_held", "not_held"]);
});

it("names what was refused where it was asked", async () => {
  fetched({ ...answers, "POST /api/series": { status: 409, body: { code: "series_too_long", facts: { most: 200 } } } });
  show(<NewSeriesPage />, "/series/new?day=2027-03-02&hub=1");
  await fill();
  fireEvent.click(screen.getByRole("button", { name: "看看是哪些天" }));
  expect((await screen.findByRole("alert")).textContent).toContain("最多200场");
});
