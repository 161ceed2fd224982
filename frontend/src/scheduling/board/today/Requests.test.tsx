import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test, vi } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { Requests } from "./Requests";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/board"].map(loadTexts));
});

const asked = {
  assignment: 4,
  name: "张三",
  state: "requested",
  session: 7,
  program: "公益大集",
  role: "急救员",
  hub: "双龙",
  starts_at: "2026-12-14T01:00:00Z",
  ends_at: "2026-12-14T02:30:00Z",
  free: 1,
};
const yes = "POST /api/assignments/4/approve";
const no = "POST /api/assignments/4/refuse";

function open(free = 1) {
  const answer = { body: {} };
  const calls = fetched({ "GET /api/requests": { body: [{ ...asked, free }] }, [yes]: answer, [no]: answer });
  show(<Requests onOpen={vi.fn()} />);
  return calls;
}

test("a yes is one tap, and the list is read anew", async () => {
  const { asked: calls } = open();
  fireEvent.click(await screen.findByRole("button", { name: "同意张三：公益大集" }));
  await waitFor(() => expect(calls).toEqual(["GET /api/requests", yes, "GET /api/requests"]));
});

test("a no asks for a word why first, and sends it", async () => {
  const { asked: calls, bodies } = open(0);
  fireEvent.click(await screen.findByRole("button", { name: "婉拒张三：公益大集" }));
  expect(screen.queryByRole("button", { name: /^同意/ })).toBeNull();
  fireEvent.change(screen.getByLabelText("原因（可以不填，本人能看到）"), { target: { value: "名额满了" } });
  expect(calls).toEqual(["GET /api/requests"]);
  fireEvent.click(screen.getByRole("button", { name: "婉拒" }));
  await waitFor(() => expect(calls).toEqual(["GET /api/requests", no, "GET /api/requests"]));
  expect(bodies[1]).toBe(JSON.stringify({ reason: "名额满了" }));
});
