import { act, screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { loadTexts } from "@/i18n";
import { type Answers, fetched, show } from "@/test/render";
import PrintPage from "./page";

beforeAll(() => Promise.all(["ui", "scheduling", "scheduling/board"].map(loadTexts)));

test("the week is not printed before it says what is closed", async () => {
  let resolve: (late: unknown) => void = () => undefined;
  const promise = new Promise((told) => {
    resolve = told;
  });
  const answers: Answers = {
    "GET /api/me": { body: { roles: [] } },
    "GET /api/board": { body: { heads: {}, sites: [{ id: 1, name: "双龙", rooms: [] }], sessions: [] } },
    "GET /api/closures": { body: promise },
  };
  fetched(answers);
  show(<PrintPage />, "/week/print?week=2026-12-14");
  const print = (await screen.findByRole("button", { name: "打印" })) as HTMLButtonElement;
  expect(print.disabled).toBe(true);
  const closed = { id: 1, hub: 1, hub_name: "双龙", room: null, room_name: "", reason: "停电", editable: false };
  const other = { ...closed, id: 2, hub: 2, hub_name: "三江" };
  const span = { starts_at: "2026-12-15T01:00:00Z", ends_at: "2026-12-15T04:00:00Z" };
  await act(async () => resolve([closed, other].map((one) => ({ ...one, ...span }))));
  expect((await screen.findAllByText("暂停开放")).length).toBe(1);
  expect(screen.getByText("09:00-12:00")).toBeDefined();
  expect(print.disabled).toBe(false);
});
