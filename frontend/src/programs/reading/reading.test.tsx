import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { expectFaces } from "@/test/faces";
import { type Answers, fetched, show } from "@/test/render";
import KeepsakePage from "./keepsake/page";
import ReadingPage from "./page";
import { readPages, writePages } from "./pages";
import SheetPage from "./sheet/page";
import type { Row } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "programs/reading", "programs/lending"].map(loadTexts));
});

const row = (booking: number, name: string, values: Partial<Row> = {}): Row => ({
  booking,
  name,
  books: [],
  mood: "",
  words: "",
  written_by: "",
  ...values,
});
const book = { title: "山那边的信", isbn: "", first_page: 1, last_page: 9, pages: 9 };
const sheet = {
  session: {
    id: 7,
    program: "社区共读",
    hub: "双龙",
    room: "",
    starts_at: "2026-12-14T08:30:00Z",
    ends_at: "2026-12-14T10:00:00Z",
  },
  children: [row(1, "王乐乐"), row(2, "李安安"), row(3, "何苗", { books: [book], mood: "calm" })],
  titles: ["山那边的信"],
};

test.each([
  ["3-12", 3, 12, null],
  ["３～12页", 3, 12, null],
  ["3到12", 3, 12, null],
  [" 10 ", null, null, 10],
  ["", null, null, null],
])("pages written as %s", (text, first_page, last_page, pages) => {
  expect(readPages(text)).toEqual({ first_page, last_page, pages });
});

test("pages that can't be read, and how pages are written", () => {
  expect([readPages("三页"), readPages("1-")]).toEqual([undefined, undefined]);
  expect(writePages(book)).toBe("1-9");
});

async function open(others: Answers = {}) {
  const log = fetched({
    ...others,
    "GET /api/reading/sessions/7": { body: sheet },
    "PUT /api/reading/sessions/7": { body: sheet },
  });
  show(<SheetPage />, "/reading/sheet?session=7");
  await screen.findByText("王乐乐");
  return log;
}

test("the same book goes to all who have none, and only what changed is sent", async () => {
  const { asked, bodies } = await open();
  fireEvent.change(screen.getByLabelText("大家读的同一本书"), { target: { value: "下雨天我不怕" } });
  fireEvent.change(screen.getAllByLabelText("页数")[0] as HTMLElement, { target: { value: "3-12" } });
  fireEvent.click(screen.getByRole("button", { name: "没填的都用这本" }));
  fireEvent.click(screen.getAllByRole("radio", { name: "开心" })[0] as HTMLElement);
  fireEvent.click(screen.getByRole("button", { name: "记好了" }));
  await waitFor(() => expect(asked).toContain("PUT /api/reading/sessions/7"));
  const read = { title: "下雨天我不怕", isbn: "", first_page: 3, last_page: 12, pages: null };
  expect(JSON.parse(bodies.find((body) => body.includes("children")) ?? "")).toEqual({
    children: [
      { booking: 1, books: [read], mood: "glad", words: "" },
      { booking: 2, books: [read], mood: "", words: "" },
    ],
  });
});

test("a face tapped again is taken back; pages that can't be read hold the saving", async () => {
  await open();
  const save = screen.getByRole<HTMLButtonElement>("button", { name: "记好了" });
  const glad = screen.getAllByRole<HTMLInputElement>("radio", { name: "开心" })[0] as HTMLInputElement;
  fireEvent.click(glad);
  expect([glad.checked, save.disabled]).toEqual([true, false]);
  fireEvent.click(glad);
  expect(save.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("王乐乐读的页数"), { target: { value: "好多" } });
  expect([save.disabled, screen.getByText("页数写成 3-12 或 10").textContent]).toEqual([true, "页数写成 3-12 或 10"]);
});

const title = { id: 4, name: "月亮掉进綦江里", authors: "周远", isbn: "9787531234562" };

test("a book of the catalog is chosen by its name, with its ISBN", async () => {
  const { bodies } = await open({ "GET /api/books": { body: { total: 1, page: 24, rows: [title] } } });
  fireEvent.change(screen.getByLabelText("王乐乐读的书"), { target: { value: "月亮" } });
  fireEvent.click(await screen.findByRole("button", { name: "月亮掉进綦江里、周远" }));
  expect(screen.getByLabelText<HTMLInputElement>("王乐乐读的书").value).toBe(title.name);
  fireEvent.click(screen.getByRole("button", { name: "记好了" }));
  await waitFor(() => expect(bodies.some((body) => body.includes(`"isbn":"${title.isbn}"`))).toBe(true));
});

test("an ISBN that a scanner types ends in the book's name; one that no house has says so", async () => {
  await open({ "GET /api/books/isbn": { body: { isbn: title.isbn, book: title } } });
  const field = screen.getByLabelText<HTMLInputElement>("王乐乐读的书");
  fireEvent.change(field, { target: { value: title.isbn } });
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(field.value).toBe(title.name));
  cleanup();
  await open({ "GET /api/books/isbn": { body: { isbn: title.isbn, book: null } } });
  const again = screen.getByLabelText("大家读的同一本书");
  fireEvent.change(again, { target: { value: title.isbn } });
  fireEvent.keyDown(again, { key: "Enter" });
  expect(await screen.findByText("书屋里没有这个书号，请写书名")).toBeTruthy();
});

test("what was read here lately is one tap", async () => {
  const { asked } = await open();
  fireEvent.change(screen.getByLabelText("李安安读的书"), { target: { value: "山" } });
  fireEvent.click(screen.getByRole("button", { name: "山那边的信" }));
  expect(screen.getByLabelText<HTMLInputElement>("李安安读的书").value).toBe("山那边的信");
  expect(asked).not.toContain("GET /api/books");
});

const behind = { ...sheet.session, children: 3, noted: 1 };
const desk = (sessions: object[]) => ({ "GET /api/reading/sessions": { body: { sessions, size: 20, more: false } } });
const family = { "GET /api/family": { body: { head: 0, family: 4, children: [{ id: 1, name: "王乐乐" }] } } };
const keepsake = (logs: object[]) => ({
  "GET /api/reading/children/1": { body: { child: 1, name: "王乐乐", books: logs.length, pages: 9, logs } },
});

test("sessions behind: loading and failure", () =>
  expectFaces(<ReadingPage />, { query: "GET /api/reading/sessions" }));
test("keepsake: loading and failure", () =>
  expectFaces(<KeepsakePage />, { query: "GET /api/reading/children/1", others: family }));

test("sessions behind: none, and one with children that are not noted yet", async () => {
  fetched(desk([]));
  const { unmount } = show(<ReadingPage />);
  expect(await screen.findByText("最近没有共读活动")).toBeTruthy();
  unmount();
  fetched(desk([behind]));
  show(<ReadingPage />);
  const card = await screen.findByRole("link", { name: /社区共读/ });
  expect(card.getAttribute("href")).toBe("/reading/sheet?session=7");
  expect(card.textContent).toContain("3个孩子，还有2个没记");
});

test("keepsake: empty, full, and without the name for who shows it around", async () => {
  fetched({ ...family, ...keepsake([]) });
  const { unmount } = show(<KeepsakePage />);
  expect(await screen.findByText("第一步还没迈出")).toBeTruthy();
  unmount();
  const log = { session: sheet.session, books: [book], mood: "glad", words: "我也想写信" };
  fetched({ ...family, ...keepsake([log]) });
  show(<KeepsakePage />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("王乐乐的共读足迹");
  fireEvent.click(screen.getByRole("checkbox", { name: "带上名字" }));
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("共读足迹");
});
