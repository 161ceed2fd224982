import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { expectFaces } from "@/test/faces";
import { fetched, show } from "@/test/render";
import ActivitiesPage from "./activities/page";
import FamilyHome from "./home/page";
import TurnPage from "./turn/page";
import type { Activity, Child, FamilyChild, Place } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/bookings"].map(loadTexts));
});

const children: Child[] = [
  { id: 1, name: "王乐乐", age: 8 },
  { id: 2, name: "王安安", age: 6 },
];
const session = {
  id: 7,
  program: "社区共读",
  kind: "reading",
  starts_at: "2026-12-14T08:30:00Z",
  ends_at: "2026-12-14T10:00:00Z",
  hub: { id: 3, name: "双龙", address: "" },
  room: "书屋",
  cancelled: false,
  cancel_reason: "",
};
const activity: Activity = {
  session,
  age_min: 6,
  age_max: 12,
  description: "",
  left: 5,
  waiting: 0,
  fits: children.map(({ id }) => ({ child: id, state: "fits", booking: null, reasons: [] })),
};
const place = (values: Partial<Place>): Place => ({
  id: 5,
  state: "booked",
  ahead: 0,
  cancellable: true,
  late: false,
  turn: null,
  answer_by: null,
  instead_of: null,
  session,
  ...values,
});
const mine = (places: Place[], at = 0): FamilyChild => ({ ...(children[at] as Child), photo: null, places });
const list = (values: object) => ({ body: { head: 0, children, activities: [], cursor: "", ...values } });
const home = (of: FamilyChild[]) => ({ "GET /api/family": { body: { head: 0, family: 4, children: of } } });

test("activities: loading and failure", () => expectFaces(<ActivitiesPage />, { query: "GET /api/activities" }));
test("first screen: loading and failure", () => expectFaces(<FamilyHome />, { query: "GET /api/family" }));

test("activities: no child yet, nothing on, and the ways out of either", async () => {
  fetched({ "GET /api/activities": list({ children: [] }) });
  const { unmount } = show(<ActivitiesPage />);
  expect(await screen.findByText("还没有登记孩子")).toBeTruthy();
  unmount();
  fetched({ "GET /api/activities": list({}) });
  show(<ActivitiesPage />);
  expect(await screen.findByText("没有合适的活动")).toBeTruthy();
});

test("activities: a session is booked for all who fit by one tap, and the page asks again", async () => {
  const { asked, bodies } = fetched({
    "GET /api/activities": list({ activities: [activity] }),
    "POST /api/activities/7/book": { body: [] },
  });
  show(<ActivitiesPage />);
  fireEvent.click(await screen.findByRole("button", { name: "给乐乐、安安报名" }));
  await waitFor(() => expect(asked.filter((one) => one === "GET /api/activities")).toHaveLength(2));
  expect(bodies).toContain('{"children":[1,2],"all_or_none":false,"wait":true}');
});

test("activities: of what begins together, what is at the family's usual site stands first", async () => {
  const at = (id: number, hub: number) => ({
    ...activity,
    session: { ...session, id, hub: { ...session.hub, id: hub } },
  });
  const { asked } = fetched({
    "GET /api/activities": list({ activities: [at(7, 1), at(8, 2)] }),
    "GET /api/activities/hubs": { body: [2, 1].map((id) => ({ id, name: `站点${id}`, address: "" })) },
    "POST /api/activities/8/book": { body: [] },
  });
  show(<ActivitiesPage />);
  await screen.findByRole("option", { name: "站点2" });
  const [first] = await screen.findAllByRole("button", { name: "给乐乐、安安报名" });
  fireEvent.click(first as HTMLElement);
  await waitFor(() => expect(asked).toContain("POST /api/activities/8/book"));
});

test("first screen: a family without a child is told what to do", async () => {
  fetched(home([]));
  show(<FamilyHome />);
  expect(await screen.findByText("还没有登记孩子")).toBeTruthy();
});

test("first screen: nothing booked leads to the activities", async () => {
  fetched(home([mine([])]));
  show(<FamilyHome />);
  expect(await screen.findByRole("button", { name: "去报名" })).toBeTruthy();
});

test("first screen: each child's next session, and a place is given back after a question", async () => {
  const { asked } = fetched({
    ...home([mine([place({})]), mine([place({ id: 6, state: "waiting", ahead: 2 })], 1)]),
    "POST /api/bookings/5/cancel": { body: {} },
  });
  show(<FamilyHome />);
  expect((await screen.findAllByRole("tab")).map((tab) => tab.textContent)).toEqual(["乐乐（1场）", "安安（1场）"]);
  expect(screen.getByRole("region", { name: "乐乐的下一场" }).textContent).toContain("社区共读");
  fireEvent.click(screen.getByRole("button", { name: /^不去了/ }));
  const dialog = await screen.findByRole("dialog");
  expect(asked).not.toContain("POST /api/bookings/5/cancel");
  fireEvent.click(within(dialog).getByRole("button", { name: "不去了" }));
  await waitFor(() => expect(asked).toContain("POST /api/bookings/5/cancel"));
});

test("first screen: leaving a waiting list and all that follow says what becomes of a place among them", async () => {
  const later = { ...session, id: 8, starts_at: "2026-12-21T08:30:00Z", ends_at: "2026-12-21T10:00:00Z" };
  fetched(home([mine([place({ state: "waiting" }), place({ id: 6, session: later })])]));
  show(<FamilyHome />);
  fireEvent.click(await screen.findByRole("button", { name: /^不候补了/ }));
  const dialog = await screen.findByRole("dialog");
  const consequence = "名额会让给下一家候补的孩子。";
  expect(within(dialog).queryByText(consequence)).toBeNull();
  fireEvent.click(within(dialog).getByRole("radio", { name: "这一场和以后的都不去了（共2场）" }));
  expect(within(dialog).getByText(consequence)).toBeTruthy();
});

const turn = {
  name: "王芳",
  answer_by: "2026-12-12T04:00:00Z",
  places: [{ child: "乐乐", state: "offered" }],
  session,
  instead_of: null,
};

test("an offer's link is answered by one tap", async () => {
  const { bodies } = fetched({
    "GET /api/turn-links/": { body: turn },
    "POST /api/turn-links/": { body: { ...turn, places: [{ child: "乐乐", state: "booked" }] } },
  });
  show(<TurnPage />, "/k/");
  fireEvent.click(await screen.findByRole("button", { name: "要这个名额" }));
  await waitFor(() => expect(bodies).toContain('{"coming":true}'));
});

test("a link that opens nothing says so as the page's heading", async () => {
  fetched({ "GET /api/turn-links/": { status: 404, body: { code: "not_found", facts: {} } } });
  show(<TurnPage />, "/k/");
  expect(await screen.findByRole("heading", { level: 1 })).toBeTruthy();
});
