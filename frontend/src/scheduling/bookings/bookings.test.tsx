import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { ActivityRow } from "./activities/ActivityRow";
import { givenName } from "./names";
import type { Activity, Child, Fit } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/bookings"].map(loadTexts));
});

const family: Child[] = [
  { id: 1, name: "王乐乐", age: 8 },
  { id: 2, name: "王安安", age: 6 },
];
const fits = (child: number): Fit => ({ child, state: "fits", booking: null, reasons: [] });

function activity(values: Partial<Activity> = {}): Activity {
  return {
    session: {
      id: 7,
      program: "社区共读",
      kind: "reading",
      starts_at: "2026-12-14T08:30:00Z",
      ends_at: "2026-12-14T10:00:00Z",
      hub: { id: 3, name: "双龙", address: "" },
      room: "书屋",
      cancelled: false,
      cancel_reason: "",
    },
    age_min: 6,
    age_max: 12,
    description: "",
    places: 12,
    left: 5,
    waiting: 0,
    fits: [fits(1), fits(2)],
    ...values,
  };
}

test("children are called by their given names", () => {
  expect([givenName("王乐乐"), givenName("乐"), givenName("Ann Lee")]).toEqual(["乐乐", "乐", "Ann Lee"]);
});

test("one tap books all siblings who fit", async () => {
  const { asked, bodies } = fetched({ "POST /api/activities/7/book": { body: [] } });
  show(<ActivityRow activity={activity()} family={family} />);
  fireEvent.click(screen.getByRole("button", { name: "给乐乐、安安报名" }));
  await waitFor(() => expect(asked).toContain("POST /api/activities/7/book"));
  expect(bodies).toContain('{"children":[1,2]}');
});

test("a sibling may be left out", async () => {
  const { asked, bodies } = fetched({ "POST /api/activities/7/book": { body: [] } });
  show(<ActivityRow activity={activity()} family={family} />);
  fireEvent.click(screen.getByLabelText("乐乐"));
  fireEvent.click(screen.getByRole("button", { name: "给安安报名" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(bodies).toEqual(['{"children":[2]}']);
});

test("what is short is said before it happens: one gets in, one waits", () => {
  show(<ActivityRow activity={activity({ left: 1 })} family={family} />);
  expect(screen.getByText(/只剩1个名额：乐乐先报上，安安候补/)).toBeTruthy();
});

test("a full session offers to wait, and says behind how many", () => {
  show(<ActivityRow activity={activity({ left: 0, waiting: 3 })} family={family} />);
  expect(screen.getByText(/已有3人候补/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "给乐乐、安安排候补" })).toBeTruthy();
});

test("what keeps a child from it is said, and offers no button", () => {
  const unfit: Fit[] = [
    { child: 1, state: "unfit", booking: null, reasons: [{ code: "age_outside", facts: { age: 13 } }] },
    { child: 2, state: "waiting", booking: 9, reasons: [] },
  ];
  show(<ActivityRow activity={activity({ fits: unfit })} family={family} />);
  expect(screen.getByText(/乐乐：到那天13岁，不在活动的年龄里/)).toBeTruthy();
  expect(screen.getByText("安安候补中")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a refusal stands beside its button, in words", async () => {
  fetched({ "POST /api/activities/7/book": { status: 409, body: { code: "session_over", facts: {} } } });
  show(<ActivityRow activity={activity()} family={family} />);
  fireEvent.click(screen.getByRole("button", { name: /报名/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("这场已经开始了");
});
