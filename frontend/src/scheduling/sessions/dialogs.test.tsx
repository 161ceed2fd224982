import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { loadTexts } from "@/i18n";
import { type Answers, fetched, show } from "@/test/render";
import Dialogs from "./Dialogs";

beforeEach(() => loadTexts("scheduling/sessions"));

const panel = {
  id: 5,
  revision: 3,
  state: "full",
  title: "Reading",
  starts_at: "2026-12-14T01:00:00Z",
  ends_at: "2026-12-14T02:00:00Z",
  hub: 1,
  room: 10,
  program: 1,
  places: 12,
  booked: 2,
  waiting: 0,
  people: [],
  kits: [],
  roles: [],
  worker: null,
  note: "",
};
const places = [{ id: 1, name: "Shuanglong", rooms: [{ id: 10, name: "Book house", capacity: 24 }], kits: [] }];
const answers: Answers = {
  "GET /api/board/sessions/5": { body: panel },
  "GET /api/places": { body: places },
};

function open(kind: "move" | "cancel", more: Answers) {
  const log = fetched({ ...answers, ...more });
  const done = vi.fn();
  show(<Dialogs wish={{ kind, id: 5 }} onClose={() => {}} onDone={done} />);
  return { log, done };
}

it("moves to the day and hours chosen, by the hub's clock", async () => {
  const { log, done } = open("move", {
    "POST /api/sessions/5/move": { body: { id: 5, revision: 4, week: "2026-12-21" } },
  });
  fireEvent.change(await screen.findByLabelText(/日期/), { target: { value: "2026-12-22" } });
  fireEvent.click(screen.getByRole("button", { name: "就改到这里" }));
  await waitFor(() => expect(done).toHaveBeenCalledWith(5, "2026-12-21", "2026-12-22"));
  expect(JSON.parse(log.bodies.at(-1) ?? "")).toEqual({
    hub: 1,
    room: 10,
    starts_at: "2026-12-22T01:00:00.000Z",
    ends_at: "2026-12-22T02:00:00.000Z",
    revision: 3,
    confirmed: false,
  });
});

it("names the other session of a clash", async () => {
  const facts = {
    resource: "room:10",
    session: 9,
    title: "Snail books",
    room: "Book house",
    starts_at: "2026-12-14T09:00:00+08:00",
    ends_at: "2026-12-14T10:00:00+08:00",
  };
  open("move", { "POST /api/sessions/5/move": { status: 409, body: { code: "clash", facts } } });
  fireEvent.click(await screen.findByRole("button", { name: "就改到这里" }));
  const sentence = await screen.findByText(/Snail books/);
  expect(sentence.textContent).toContain("Book house");
  expect(sentence.textContent).toContain("12月14日 周一 09:00-10:00");
});

it("asks before a duty worker is in two places, and takes yes for an answer", async () => {
  const facts = { title: "Other", room: "", starts_at: panel.starts_at, ends_at: panel.ends_at };
  const { log } = open("move", { "POST /api/sessions/5/move": { status: 409, body: { code: "worker_busy", facts } } });
  fireEvent.click(await screen.findByRole("button", { name: "就改到这里" }));
  fireEvent.click(await screen.findByRole("button", { name: "就这样排" }));
  await waitFor(() => expect(log.bodies.filter((body) => body.includes('"confirmed":true'))).toHaveLength(1));
});

it("cancels only with a reason", async () => {
  const { log, done } = open("cancel", {
    "POST /api/sessions/5/cancel": { body: { id: 5, revision: 4, week: "2026-12-14" } },
  });
  const button = await screen.findByRole("button", { name: "取消这场" });
  expect(button.hasAttribute("disabled")).toBe(true);
  fireEvent.change(screen.getByLabelText(/为什么取消/), { target: { value: "下雨" } });
  fireEvent.click(button);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(JSON.parse(log.bodies.at(-1) ?? "")).toEqual({ revision: 3, reason: "下雨" });
});

it("says that nobody is told where the session's time is past", async () => {
  const past = { ...panel, starts_at: "2020-12-14T01:00:00Z", ends_at: "2020-12-14T02:00:00Z" };
  open("cancel", { "GET /api/board/sessions/5": { body: past } });
  expect(await screen.findByText(/不发通知/)).toBeTruthy();
});

it("shows both versions where somebody was faster, and saves what was chosen from theirs on", async () => {
  const newest = { body: panel as object };
  const outdated = { status: 409, body: { code: "outdated", facts: { session: 5, revision: 4 } } as object };
  const { log, done } = open("move", { "GET /api/board/sessions/5": newest, "POST /api/sessions/5/move": outdated });
  fireEvent.change(await screen.findByLabelText(/日期/), { target: { value: "2026-12-22" } });
  fireEvent.change(screen.getByLabelText(/开始/), { target: { value: "08:30" } });
  const theirs = { starts_at: "2026-12-14T02:00:00Z", ends_at: "2026-12-14T03:00:00Z", room: null };
  newest.body = {
    ...panel,
    ...theirs,
    revision: 4,
    history: [{ id: 1, by: "王芳", at: theirs.starts_at, changed: [] }],
  };
  fireEvent.click(screen.getByRole("button", { name: "就改到这里" }));

  // The day is mine alone; the hours are both's: until one is chosen nothing can be saved.
  await screen.findByText(/王芳刚改了这一场，和您改的是同一处/);
  const save = screen.getByRole("button", { name: "就改到这里" });
  expect(save.hasAttribute("disabled")).toBe(true);
  expect(screen.getByRole("button", { name: "用我的：08:30-10:00" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "用王芳的：10:00-11:00" }));
  await waitFor(() => expect(save.hasAttribute("disabled")).toBe(false));
  expect(screen.getByText(/地点：Shuanglong 不占场地/)).toBeTruthy();

  outdated.status = 200;
  outdated.body = { id: 5, revision: 5, week: "2026-12-21" };
  fireEvent.click(save);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(JSON.parse(log.bodies.filter((body) => body.includes("revision")).at(-1) ?? "")).toEqual({
    hub: 1,
    room: null,
    starts_at: "2026-12-22T02:00:00.000Z",
    ends_at: "2026-12-22T03:00:00.000Z",
    revision: 4,
    confirmed: false,
  });
});

it("leaves a site's kits behind when the session is to be at another", async () => {
  const site = { id: 1, name: "Shuanglong", rooms: [], kits: [{ id: 7, name: "Book box" }] };
  const log = fetched({
    "GET /api/places": { body: [site, { ...site, id: 2, name: "Nanzhou", kits: [] }] },
    "GET /api/sessions/choices": {
      body: {
        programs: [{ id: 1, name: "Reading", kind: "community", agency: 1 }],
        workers: [],
        skills: [],
        hubs: [1, 2],
      },
    },
    "POST /api/sessions/look": { body: { clashes: [], offers: [] } },
  });
  show(<Dialogs wish={{ kind: "add", day: "2026-12-14" }} onClose={() => {}} onDone={() => {}} />);
  fireEvent.click(await screen.findByLabelText("Book box"));
  await waitFor(() => expect(log.bodies.at(-1)).toContain('"kits":[7]'));
  fireEvent.change(screen.getByLabelText("服务站点"), { target: { value: "2" } });
  await waitFor(() => expect(log.bodies.at(-1)).toContain('"hub":2'));
  expect(log.bodies.at(-1)).toContain('"kits":[]');
});
