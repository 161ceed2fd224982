import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { Repairs } from "./Repairs";
import type { Repairs as Found, RepairWay, SessionPanel } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/board"].map(loadTexts));
});

const session: SessionPanel = {
  id: 7,
  revision: 1,
  state: "short",
  missing: 1,
  starts_at: "2026-12-14T01:00:00Z",
  ends_at: "2026-12-14T02:30:00Z",
  hub: 3,
  room: null,
  program: 2,
  title: "社区共读",
  kind: "reading",
  duty_worker: null,
  places: null,
  booked: 0,
  waiting: 0,
  needs: [{ id: 5, role: "领读员", skill: "", min: 2, target: 3, filled: 1 }],
  adults: null,
  editable: true,
  hub_name: "双龙",
  room_name: "",
  room_capacity: null,
  agency: "",
  for_children: false,
  note: "",
  cancel_reason: "",
  worker: null,
  roles: [],
  people: [],
  wanting: [],
  calls: true,
  history: [],
  group_only: false,
  series: null,
  staff: [],
  standbys: [],
  kits: [],
  overrides: [],
};

const place = (id: number, need: number, role: string) => ({
  need,
  role,
  session: id,
  title: id === 7 ? "社区共读" : "助餐送餐",
  hub: "双龙",
  starts_at: session.starts_at,
  ends_at: session.ends_at,
});

const person = { phone: "", standby: false, accepted: false, why: [{ code: "near", facts: { minutes: 8 } }] };
const moving: RepairWay = {
  steps: [
    { ...person, volunteer: 1, name: "张三", takes: [place(7, 5, "领读员")], leaves: [place(8, 6, "送餐员")] },
    { ...person, volunteer: 2, name: "李四", takes: [place(8, 6, "送餐员")], leaves: [] },
  ],
  stood_down: [],
  open: [{ ...place(7, 5, "领读员"), missing: 1 }],
  freed: [{ need: 6, volunteer: 1 }],
  taken: [
    { need: 5, volunteer: 1 },
    { need: 6, volunteer: 2 },
  ],
  seen: [{ session: 7, stand: "a" }],
};
const found = (ways: RepairWay[]): Found => ({ session: 7, missing: 1, offered: 0, short_of_room: 0, lost: [], ways });
const address = "/api/planning/sessions/7/repairs";

test("a way says who moves where, why, and what stays open", async () => {
  fetched({ [`GET ${address}`]: { body: found([moving]) } });
  show(<Repairs session={session} />);
  expect(await screen.findByText("改动2人")).toBeTruthy();
  expect(screen.getByText("张三 从 09:00 助餐送餐（送餐员）换过来（领读员）")).toBeTruthy();
  expect(screen.getByText("李四 顶上 09:00 助餐送餐（送餐员）")).toBeTruthy();
  expect(screen.getAllByText("离得近，约8分钟")).toHaveLength(2);
  expect(screen.getByText("还差1人")).toBeTruthy();
});

test("who is told is said before it is done, and exactly what was shown is sent", async () => {
  const { asked, bodies } = fetched({
    [`GET ${address}`]: { body: found([moving]) },
    [`POST ${address}`]: { body: { added: 2, released: 1, told: 2 } },
  });
  show(<Repairs session={session} />);
  fireEvent.click(await screen.findByRole("button", { name: "就这样调" }));
  expect(screen.getByText("会发消息告诉张三、李四；别人都不动。")).toBeTruthy();
  expect(asked).not.toContain(`POST ${address}`);
  fireEvent.click(screen.getByRole("button", { name: "确定，通知他们" }));
  await waitFor(() => expect(asked).toContain(`POST ${address}`));
  const { freed, taken, seen } = moving;
  expect(bodies).toContain(JSON.stringify({ freed, taken, seen }));
});

test("overtaken, it says so and looks again", async () => {
  const { asked } = fetched({
    [`GET ${address}`]: { body: found([moving]) },
    [`POST ${address}`]: { status: 409, body: { code: "clash", facts: { volunteer: 2, session: 9 } } },
  });
  show(<Repairs session={session} />);
  fireEvent.click(await screen.findByRole("button", { name: "就这样调" }));
  fireEvent.click(screen.getByRole("button", { name: "确定，通知他们" }));
  expect((await screen.findByRole("alert")).textContent).toBe(
    "李四不行了：和别的班撞上，或来不及赶过去。下面是最新的办法。",
  );
  await waitFor(() => expect(asked.filter((one) => one === `GET ${address}`)).toHaveLength(2));
});

test("nobody found is said plainly, with whom to call", async () => {
  fetched({ [`GET ${address}`]: { body: found([]) } });
  show(<Repairs session={session} />);
  expect(await screen.findByText("动几个人也补不上。")).toBeTruthy();
  expect(screen.getByRole("button", { name: "看看可以打电话找谁" })).toBeTruthy();
});
