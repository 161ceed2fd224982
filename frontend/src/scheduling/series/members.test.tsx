import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { Members } from "./Members";
import type { Series } from "./types";

beforeEach(() => loadTexts("scheduling/series"));

const next = { session: 5, starts_at: "2099-03-02T08:30:00Z", cancelled: false };
const series = { id: 3, occurrences: [next] } as Series;
const child = { child: 1, name: "何泽楷", age: 8, guardian: "黄涛", bookable: false, reasons: [] };
const busy = { code: "child_clash", facts: { title: "书法" } };
const unagreed = { code: "consent_missing", facts: {} };

it("enrols whom only this session has no place for, and says what is against all of them", async () => {
  const log = fetched({
    "GET /api/series/3/members": { body: [] },
    "GET /api/activities/5/children": {
      body: [
        { ...child, reasons: [busy] },
        { ...child, child: 2, name: "林小满", reasons: [busy, unagreed] },
      ],
    },
    "POST /api/series/3/members": { body: { left_out: 1 } },
  });
  show(<Members series={series} />);
  const field = await screen.findByLabelText("登记组员");
  fireEvent.change(field, { target: { value: "泽楷" } });
  fireEvent.click(screen.getByRole("button", { name: "查找" }));
  const found = (await screen.findAllByRole("listitem")).map((row) => row.textContent);
  expect(found).toEqual(["何泽楷 8岁家长 黄涛登记", "林小满 8岁家长 黄涛还没有家长的同意，先请家长同意登记信息"]);
  fireEvent.click(screen.getByRole("button", { name: "登记何泽楷" }));
  await waitFor(() => expect(log.bodies.at(-2)).toBe(JSON.stringify({ children: [1], guardian_phone: "泽楷" })));
  // Ready for the next one.
  await waitFor(() => expect(screen.getByLabelText("登记组员")).toHaveProperty("value", ""));
});
