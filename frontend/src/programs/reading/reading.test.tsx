import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { readPages, writePages } from "./pages";
import SheetPage from "./sheet/page";
import type { Row } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "programs/reading"].map(loadTexts));
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

async function open() {
  const log = fetched({
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
