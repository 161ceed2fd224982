import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { FeedCard } from "./FeedCard";
import { OpenCalendar } from "./OpenCalendar";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/calendars"].map(loadTexts));
});
afterEach(() => vi.unstubAllGlobals());

const feed = {
  id: 4,
  scope: "family",
  scope_id: 2,
  name: "",
  names: false,
  alarm: 0,
  created_at: "2026-11-20T02:00:00Z",
  last_used_at: null,
};
const path = "/calendar/long-and-random.ics";

function answered() {
  let made = false;
  const { asked } = fetched({
    get "GET /api/feeds"() {
      return { body: made ? [feed] : [] };
    },
    get "POST /api/feeds"() {
      made = true;
      return { status: 201, body: { ...feed, path } };
    },
  });
  return asked;
}

test("an address is made on asking and shown with a link for the calendar", async () => {
  answered();
  show(<FeedCard scope="family" />);
  fireEvent.click(await screen.findByRole("button", { name: "生成订阅地址" }));
  const field = (await screen.findByLabelText("日历订阅地址")) as HTMLTextAreaElement;
  expect(field.value).toBe(`${window.location.origin}${path}`);
  expect(screen.getByRole("link", { name: "用日历打开" }).getAttribute("href")).toMatch(/^webcal:.*\.ics$/);
});

test("an address made before is not shown again", async () => {
  fetched({ "GET /api/feeds": { body: [feed] } });
  show(<FeedCard scope="family" />);
  expect(await screen.findByText(/还没有日历来取过/)).toBeTruthy();
  expect(screen.queryByLabelText("日历订阅地址")).toBeNull();
  expect(screen.getByRole("button", { name: "换新地址" })).toBeTruthy();
});

test("in WeChat no step depends on webcal or a download", async () => {
  vi.stubGlobal("navigator", { ...navigator, userAgent: "Mobile MicroMessenger/8.0.49", onLine: true });
  answered();
  show(<FeedCard scope="family" />);
  fireEvent.click(await screen.findByRole("button", { name: "生成订阅地址" }));
  expect(await screen.findByText(/微信里打不开日历/)).toBeTruthy();
  expect(screen.queryAllByRole("link")).toEqual([]);
});

test("a reminder is chosen for an address, and no other choice is sent along", async () => {
  const { asked, bodies } = fetched({
    "GET /api/feeds": { body: [feed] },
    "PATCH /api/feeds/4": { body: { ...feed, alarm: 120 } },
  });
  show(<FeedCard scope="family" />);
  fireEvent.change(await screen.findByLabelText("提前提醒"), { target: { value: "120" } });
  await vi.waitFor(() => expect(bodies[asked.indexOf("PATCH /api/feeds/4")]).toBe('{"alarm":120}'));
});

test("a hub's calendar is opened to everybody, then its poster can be printed", async () => {
  const hub = { hub_id: 3, hub: "双龙", since: null, path: "/open?hub=3" };
  const { asked } = fetched({ "PUT /api/hubs/3/open-calendar": { body: { ...hub, since: "2026-11-20T02:00:00Z" } } });
  const { unmount } = show(<OpenCalendar hub={hub} />);
  fireEvent.click(screen.getByRole("button", { name: "公开日历" }));
  await vi.waitFor(() => expect(asked).toContain("PUT /api/hubs/3/open-calendar"));
  unmount();
  show(<OpenCalendar hub={{ ...hub, since: "2026-11-20T02:00:00Z" }} />);
  expect(screen.getByRole("link", { name: "打印门口海报" }).getAttribute("href")).toBe("/open/poster?hub=3");
});
