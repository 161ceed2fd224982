import { fireEvent, screen } from "@testing-library/react";
import { beforeAll, expect, test, vi } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import type { SessionPanel } from "@/scheduling/board/types";
import { fetched, show } from "@/test/render";
import { Taking } from "./Taking";
import type { Outcome, Wish } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/board", "scheduling/rescues"].map(loadTexts));
});

// What it says stands in the outcome: of the session its key is all that is asked for.
const session = { id: 7 } as SessionPanel;
const address = "POST /api/sessions/7/ways-out";
const outcome: Outcome = {
  session: 7,
  people: [],
  families: [],
  roles: [{ role: "领读员", before: 2, now: 1 }],
  missing: 0,
  places: 4,
  seen: "a",
  done: false,
};

const open = (kind: Wish["kind"]) =>
  show(<Taking session={session} wish={{ kind }} onLeave={vi.fn()} onFull={vi.fn()} />);

test("a role that asks for fewer is named before it does", async () => {
  fetched({ [address]: { body: outcome } });
  open("fewer");
  expect(await screen.findByText("领读员原来至少要2人，这场改成1人。")).toBeTruthy();
  expect(screen.getByText("谁都不用换。这场按现在的人手办，名额收到4个，不再收人。")).toBeTruthy();
});

test.each([
  ["standby", "no_standby", {}, "这场没有机动"],
  ["fewer", "adults_too_few", { present: 1, least: 2 }, "确认能来的大人只有1位，至少要2位"],
  ["merge", "people_changed", {}, "刚才有人报名或退出，请再看一次"],
  ["staff", "clash", { title: "助餐送餐" }, "和别的班撞上，或来不及赶过去"],
] as const)("%s refused as %s says why", async (kind, code, facts, words) => {
  const answers = { [address]: { body: outcome } as { status?: number; body: unknown } };
  fetched(answers);
  open(kind);
  const confirm = await screen.findByRole("button", { name: "就这样办" });
  answers[address] = { status: 409, body: { code, facts } };
  fireEvent.click(confirm);
  expect((await screen.findByRole("alert")).textContent).toBe(words);
});
