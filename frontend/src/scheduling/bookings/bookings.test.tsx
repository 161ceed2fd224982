import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { Notices } from "@/ui/Notices";
import { ActivityRow } from "./activities/ActivityRow";
import { OutingRow } from "./activities/Together";
import { alike } from "./CancelPlace";
import { givenName } from "./names";
import { PlaceMark } from "./PlaceMark";
import { Turns } from "./Turns";
import type { Activity, Child, FamilyChild, Fit, Outing, Place } from "./types";

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
  expect(bodies).toContain('{"children":[1,2],"all_or_none":false,"wait":true}');
});

test("a sibling may be left out", async () => {
  const { asked, bodies } = fetched({ "POST /api/activities/7/book": { body: [] } });
  show(<ActivityRow activity={activity()} family={family} />);
  fireEvent.click(screen.getByLabelText("乐乐"));
  fireEvent.click(screen.getByRole("button", { name: "给安安报名" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(bodies).toEqual(['{"children":[2],"all_or_none":false,"wait":true}']);
});

test("what is short is said before it happens: as many as fit, or all together or not at all", async () => {
  const { bodies } = fetched({ "POST /api/activities/7/book": { body: [] } });
  show(<ActivityRow activity={activity({ left: 1 })} family={family} />);
  expect(screen.getByText("只剩1个名额，怎么报？")).toBeTruthy();
  expect(screen.getByRole("button", { name: "给乐乐、安安报名" })).toBeTruthy();
  fireEvent.click(screen.getByLabelText("乐乐、安安要去一起去，一起候补"));
  fireEvent.click(screen.getByRole("button", { name: "给乐乐、安安排候补" }));
  await waitFor(() => expect(bodies).toEqual(['{"children":[1,2],"all_or_none":true,"wait":true}']));
});

const everyWeek = () => {
  show(
    <>
      <ActivityRow activity={activity()} family={family} />
      <Notices />
    </>,
  );
  fireEvent.click(screen.getByLabelText("每周这个时间都报（最多8周）"));
  fireEvent.click(screen.getByRole("button", { name: "给乐乐、安安每周都报" }));
};

test("every week is one tick more, and what came of each session is told in one sentence", async () => {
  const judged = (weeks: number, state: string) => {
    const { id, starts_at } = week(weeks);
    return { session: id, starts_at, refused: null, bookings: [{ child: 1, state }] };
  };
  const refused = { ...judged(7, ""), refused: { code: "child_clash", facts: {} }, bookings: [] };
  const body = [judged(0, "booked"), judged(1, "booked"), judged(2, "waiting"), refused];
  const { asked } = fetched({ "POST /api/activities/7/book-series": { body } });
  everyWeek();
  expect(await screen.findByText("乐乐、安安报上了2场，候补1场，1场报不了")).toBeTruthy();
  expect(asked).toEqual(["POST /api/activities/7/book-series"]);
});

test("who books every week hears that later weeks are not there yet", async () => {
  const { id, starts_at } = week(0);
  const body = [{ session: id, starts_at, refused: null, bookings: [{ child: 1, state: "booked" }] }];
  fetched({ "POST /api/activities/7/book-series": { body } });
  everyWeek();
  expect(await screen.findByText("乐乐、安安报上了1场。后面几周还没排，排出来再报")).toBeTruthy();
});

test("who goes where is said, and one tap books all of them there", async () => {
  const { session } = activity();
  const outing: Outing = {
    starts_at: session.starts_at,
    ends_at: session.ends_at,
    steps: 2,
    parts: [
      { session, children: [1] },
      { session: { ...session, id: 8 }, children: [2] },
    ],
  };
  const { bodies } = fetched({ "POST /api/activities/together/book": { body: [] } });
  show(<OutingRow outing={outing} names={new Map(family.map(({ id, name }) => [id, givenName(name)]))} />);
  expect(screen.getByText("同一站点，一个接一个")).toBeTruthy();
  expect([screen.getByText("乐乐"), screen.getByText("安安")].length).toBe(2);
  fireEvent.click(screen.getByRole("button", { name: "给乐乐、安安报名" }));
  const parts = '{"parts":[{"session":7,"children":[1]},{"session":8,"children":[2]}]}';
  await waitFor(() => expect(bodies).toEqual([parts]));
});

const place = (values: Partial<Place>): Place => ({
  id: 5,
  state: "booked",
  ahead: 0,
  cancellable: true,
  late: false,
  turn: null,
  answer_by: null,
  instead_of: null,
  session: activity().session,
  ...values,
});
const child = (id: number, name: string, places: Place[]): FamilyChild => ({ id, name, age: 8, photo: null, places });
const week = (weeks: number) => {
  const moved = (moment: string) => new Date(Date.parse(moment) + weeks * 7 * 86_400_000).toISOString();
  const { session } = activity();
  return { ...session, id: session.id + weeks, starts_at: moved(session.starts_at), ends_at: moved(session.ends_at) };
};

test("siblings' turn is one card, taken by one tap", async () => {
  const offered = place({ state: "offered", turn: 3, answer_by: "2026-12-12T04:00:00Z" });
  const { asked, bodies } = fetched({ "POST /api/turns/3/answer": { body: [] } });
  show(<Turns family={[child(1, "王乐乐", [offered]), child(2, "王安安", [{ ...offered, id: 6 }])]} />);
  expect(screen.getByText("轮到您了：乐乐、安安有名额了")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "要这个名额" }));
  await waitFor(() => expect(asked).toEqual(["POST /api/turns/3/answer"]));
  expect(bodies).toEqual(['{"coming":true}']);
});

test("a place of a series is given back alone, or with all that follow", () => {
  const places = [0, 1, 2].map((weeks) => place({ id: 5 + weeks, session: week(weeks) }));
  const other = place({ id: 9, session: { ...week(1), program: "故事会" } });
  const hourLater = new Date(Date.parse(week(1).starts_at) + 3_600_000).toISOString();
  const afternoon = place({ id: 10, session: { ...week(1), starts_at: hourLater } });
  expect(alike([...places, other, afternoon], places[1] as Place).map(({ id }) => id)).toEqual([6, 7]);
});

test("the line is said in families", () => {
  show(<PlaceMark place={place({ state: "waiting", ahead: 2 })} />);
  expect(screen.getByText("候补中，前面还有2家")).toBeTruthy();
});

test("a full session offers to wait, and says behind how many", () => {
  show(<ActivityRow activity={activity({ left: 0, waiting: 3 })} family={family} />);
  expect(screen.getByText(/已有3家候补/)).toBeTruthy();
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

test("who only waits at that time is not said to be there", () => {
  const { starts_at, ends_at } = week(0);
  const busy = (child: number, state: string): Fit => {
    const facts = { title: "书法", starts_at, ends_at, ...(state ? { state } : {}) };
    return { child, state: "unfit", booking: null, reasons: [{ code: "child_clash", facts }] };
  };
  const three = [...family, { id: 3, name: "王平平", age: 7 }, { id: 4, name: "王点点", age: 7 }];
  const unfit = [busy(1, "booked"), busy(2, "waiting"), busy(3, "offered"), busy(4, "")];
  show(<ActivityRow activity={activity({ fits: unfit })} family={three} />);
  expect(screen.getByText(/乐乐：那个时间要去“书法”/)).toBeTruthy();
  expect(screen.getByText(/安安：那个时间在候补“书法”.*不候补了才能报这场/)).toBeTruthy();
  expect(screen.getByText(/平平：那个时间轮到“书法”了.*请先回复/)).toBeTruthy();
  expect(screen.getByText(/点点：那个时间要去“书法”/)).toBeTruthy();
});

test("a refusal stands beside its button, in words", async () => {
  fetched({ "POST /api/activities/7/book": { status: 409, body: { code: "session_over", facts: {} } } });
  show(<ActivityRow activity={activity()} family={family} />);
  fireEvent.click(screen.getByRole("button", { name: /报名/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("这场已经开始了");
});
