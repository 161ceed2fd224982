import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { expectFaces } from "@/test/faces";
import { fetched, never, show } from "@/test/render";
import CounterPage from "./circulation/counter/page";
import MyBooksPage from "./circulation/mine/page";
import SnailPage from "./circulation/snail/page";
import type { Loan, ReaderBooks, SnailOf } from "./circulation/types";
import BookDeskPage from "./desk/page";
import BooksPage from "./page";
import type { BookRow } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "programs/lending/circulation"].map(loadTexts));
});
// Pages at a desk listen to their site; nobody speaks here.
beforeEach(() => {
  vi.stubGlobal(
    "WebSocket",
    class {
      close() {}
    },
  );
});

const row: BookRow = {
  id: 1,
  name: "小王子",
  subtitle: "",
  authors: "圣埃克苏佩里",
  cover: "",
  isbn: "9787020042494",
  clc_code: "I565.88",
  copies: 2,
  free: 1,
};
const book = { id: 1, name: "小王子", authors: "", clc_code: "I565.88", cover: "" };
const loan: Loan = { id: 9, book, due_on: "2026-12-30", late: false, renewals: 0, not_renewable: null };
const snail = { points: 4, towns: 2, place: "tonghui", to_next: 1, rounds: 0 };
const reader = (values: Partial<ReaderBooks> = {}): ReaderBooks => ({
  id: 5,
  name: "王乐乐",
  child: true,
  loans: [],
  holds: [],
  snail,
  ...values,
});
const shelves = (codes: string[]) => ({
  "GET /api/books/shelves": { body: { shelves: codes.map((code) => ({ code, titles: 3 })), houses: [] } },
});
const books = (rows: BookRow[]) => ({ "GET /api/books": { body: { total: rows.length, page: 24, rows } } });
const ours = (readers: ReaderBooks[]) => ({ "GET /api/lending/mine": { body: { head: 0, readers } } });

test("books: loading and failure", () => expectFaces(<BooksPage />, { query: "GET /api/books/shelves" }));
test("ours: loading and failure", () => expectFaces(<MyBooksPage />, { query: "GET /api/lending/mine" }));
test("snail: loading and failure", () => expectFaces(<SnailPage />, { query: "GET /api/lending/snails" }));
test("counter: loading and failure", () => expectFaces(<CounterPage />, { query: "GET /api/lending/hubs" }));
test("desk: loading and failure", () => expectFaces(<BookDeskPage />, { query: "GET /api/books/desk" }));

test("books: an empty house, and a search that finds nothing, say what to do", async () => {
  fetched(shelves([]));
  const { unmount } = show(<BooksPage />);
  expect(await screen.findByText("书屋里还没有书")).toBeTruthy();
  unmount();
  fetched({ ...shelves(["I"]), ...books([]) });
  show(<BooksPage />, "/books?q=xwz");
  expect(await screen.findByText("没有找到这本书")).toBeTruthy();
});

test("books: a shelf opens on a tap, a book leads to its page", async () => {
  fetched({ ...shelves(["I"]), ...books([row]) });
  show(<BooksPage />);
  fireEvent.click(await screen.findByRole("button", { name: /故事与诗歌/ }));
  expect(await screen.findByRole("heading", { name: "故事与诗歌" })).toBeTruthy();
  expect((await screen.findByRole("link", { name: /小王子/ })).getAttribute("href")).toBe("/books/1");
});

test("ours: nobody, and a reader without a book, are led on", async () => {
  fetched(ours([]));
  const { unmount } = show(<MyBooksPage />);
  expect(await screen.findByText("还没有孩子的资料")).toBeTruthy();
  unmount();
  fetched(ours([reader()]));
  show(<MyBooksPage />);
  expect(await screen.findByRole("button", { name: "去找书" })).toBeTruthy();
});

test("ours: a book is kept longer by one tap; one that others wait for says so", async () => {
  const other: Loan = { ...loan, id: 10, not_renewable: { code: "others_wait", facts: {} } };
  const { asked } = fetched({
    ...ours([reader({ loans: [loan, other] })]),
    "POST /api/lending/loans/9/renew": { body: { ...loan, due_on: "2027-01-29" } },
  });
  show(<MyBooksPage />);
  expect(await screen.findByText("有别的孩子在等这本书，不能续借")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "续借《小王子》" }));
  await waitFor(() => expect(asked).toContain("POST /api/lending/loans/9/renew"));
});

test("snail: where it is, and by what; none says so as the page's heading", async () => {
  const of: SnailOf = {
    id: 5,
    name: "王乐乐",
    child: true,
    snail,
    steps: [{ reason: "in_time", book: "小王子", points: 1, at: "2026-11-20T02:00:00Z" }],
  };
  fetched({ "GET /api/lending/snails": { body: [of] } });
  const { unmount } = show(<SnailPage />);
  expect(await screen.findByText(/按时还了《小王子》/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "打印" })).toBeTruthy();
  unmount();
  fetched({ "GET /api/lending/snails": { body: [] } });
  show(<SnailPage />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("还没有孩子的蜗牛");
});

const counter = {
  "GET /api/lending/hubs": { body: [{ id: 3, name: "双龙" }] },
  "GET /api/lending/hubs/3/holds": { body: [] },
};
const copy = (values: object = {}) => ({ id: 8, book, sticker: "ABCD2345", state: "on_shelf", loan: null, ...values });

test("counter: without a house it says whom to ask", async () => {
  fetched({ "GET /api/lending/hubs": { body: [] } });
  show(<CounterPage />);
  expect(await screen.findByText("您不管理任何书屋")).toBeTruthy();
});

test("counter: what is out comes back by its code; what nobody knows is said", async () => {
  const { asked, bodies } = fetched({
    ...counter,
    "GET /api/lending/hubs/3/copies": { body: [copy({ state: "lent", loan: { reader: "王乐乐" } })] },
    "POST /api/lending/hubs/3/take-back": {
      body: { loan: { reader: "王乐乐" }, hub: { id: 3, name: "双龙" }, kept_for: null },
    },
  });
  const { unmount } = show(<CounterPage />);
  fireEvent.change(await screen.findByLabelText("扫书"), { target: { value: "ABCD2345" } });
  fireEvent.click(screen.getByRole("button", { name: "借／还" }));
  expect(await screen.findByText("王乐乐还的")).toBeTruthy();
  expect(asked).toContain("POST /api/lending/hubs/3/take-back");
  expect(bodies).toContain('{"copy_id":8,"damaged":false}');
  unmount();
  fetched({ ...counter, "GET /api/lending/hubs/3/copies": { body: [] } });
  show(<CounterPage />);
  fireEvent.change(await screen.findByLabelText("扫书"), { target: { value: "nothing" } });
  fireEvent.click(screen.getByRole("button", { name: "借／还" }));
  expect(await screen.findByText("没有这本书：nothing")).toBeTruthy();
});

test("counter: a book on the shelf goes to whoever was found first", async () => {
  const { bodies } = fetched({
    ...counter,
    "GET /api/lending/hubs/3/readers": { body: [{ id: 5, name: "王乐乐", out: 0 }] },
    "GET /api/lending/hubs/3/copies": { body: [copy()] },
    "POST /api/lending/hubs/3/lend": { body: { reader: "王乐乐", due_on: "2026-12-30" } },
  });
  show(<CounterPage />);
  const scan = async (code: string) => {
    fireEvent.change(await screen.findByLabelText("扫书"), { target: { value: code } });
    fireEvent.click(screen.getByRole("button", { name: "借／还" }));
  };
  await scan("ABCD2345");
  expect(await screen.findByText(/先选谁来借/)).toBeTruthy();
  const who = screen.getByLabelText("谁来借");
  fireEvent.change(who, { target: { value: "王乐乐" } });
  fireEvent.submit(who);
  fireEvent.click(await screen.findByRole("button", { name: "王乐乐" }));
  await scan("ABCD2345");
  expect(await screen.findByText(/借给王乐乐/)).toBeTruthy();
  expect(bodies).toContain('{"copy_id":8,"reader":5,"said":"王乐乐"}');
});

test("counter: a code that comes before the last was answered stands in line", async () => {
  const { asked } = fetched({
    ...counter,
    "GET /api/lending/hubs/3/copies": { body: [copy({ state: "lent", loan: { reader: "王乐乐" } })] },
    "POST /api/lending/hubs/3/take-back": {
      body: { loan: { reader: "王乐乐" }, hub: { id: 3, name: "双龙" }, kept_for: null },
    },
  });
  show(<CounterPage />);
  const box = await screen.findByLabelText("扫书");
  for (const code of ["ABCD2345", "ABCD2346"]) {
    fireEvent.change(box, { target: { value: code } });
    fireEvent.click(screen.getByRole("button", { name: "借／还" }));
  }
  await waitFor(() => expect(screen.getAllByText("王乐乐还的")).toHaveLength(2));
  expect(asked.filter((one) => /copies$|take-back$/.test(one)).map((one) => one.replace(/.*\//, ""))).toEqual([
    "copies",
    "take-back",
    "copies",
    "take-back",
  ]);
});

test("counter: a card that comes before the last was answered takes its place", async () => {
  const { asked } = fetched({ ...counter, "GET /api/lending/hubs/3/readers": never });
  show(<CounterPage />);
  const who = await screen.findByLabelText("谁来借");
  await userEvent.type(who, "RF11111118{Enter}");
  await userEvent.keyboard("RF22222226{Enter}");
  expect((who as HTMLInputElement).value).toBe("RF22222226");
  await waitFor(() => expect(asked.filter((one) => one.endsWith("/readers"))).toHaveLength(2));
});

test("counter: what was refused stays to be read while the next in line is done", async () => {
  const { bodies } = fetched({
    ...counter,
    "GET /api/lending/hubs/3/copies": { body: [copy({ state: "lent", loan: { reader: "王乐乐" } })] },
    "POST /api/lending/hubs/3/take-back": { status: 404, body: { code: "not_found", facts: {} } },
  });
  show(<CounterPage />);
  const box = await screen.findByLabelText("扫书");
  const codes = ["ABCD2345", "ABCD2346"];
  for (const code of codes) {
    fireEvent.change(box, { target: { value: code } });
    fireEvent.click(screen.getByRole("button", { name: "借／还" }));
  }
  const said = () => screen.getAllByRole("alert").map((one) => one.textContent?.slice(0, 8));
  await waitFor(() => expect(said()).toEqual(codes));
  expect(bodies.filter((body) => body.includes("copy_id"))).toHaveLength(2);
});

const desk = (hubs: object[]) => ({
  "GET /api/books/desk": {
    body: { hubs, titles: 2, copies: 3, on_shelf: 1, lent: 1, set_aside: 0, damaged: 1, lost: 0 },
  },
  "GET /api/sticker-sheets": { body: [] },
  "GET /api/copies": { body: { rows: [], more: false } },
});

test("desk: a known book is some copies more, a number with a slip says which digit", async () => {
  const { bodies } = fetched({
    ...desk([{ id: 3, name: "双龙", address: "" }]),
    "GET /api/books/isbn": { body: { isbn: row.isbn, book: row } },
    "POST /api/books/1/copies": { status: 201, body: row },
  });
  const { unmount } = show(<BookDeskPage />);
  const type = async () => {
    fireEvent.change(await screen.findByLabelText("ISBN"), { target: { value: row.isbn } });
    fireEvent.click(screen.getByRole("button", { name: "下一步" }));
  };
  await type();
  fireEvent.click(await screen.findByRole("button", { name: "添 1 本" }));
  await waitFor(() => expect(bodies).toContain('{"hub_id":3,"count":1,"sticker":""}'));
  unmount();
  fetched({
    ...desk([{ id: 3, name: "双龙", address: "" }]),
    "GET /api/books/isbn": { status: 409, body: { code: "isbn_check_digit", facts: { written: "4", should: "5" } } },
  });
  show(<BookDeskPage />);
  await type();
  expect((await screen.findByRole("alert")).textContent).toContain("末位是 4，应为 5");
});

test("desk: without a house it says whom to ask", async () => {
  fetched(desk([]));
  show(<BookDeskPage />);
  expect(await screen.findByText("您还没有负责的书屋")).toBeTruthy();
});
