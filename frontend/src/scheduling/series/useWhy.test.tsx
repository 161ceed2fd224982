import { screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { loadTexts, switchLanguage } from "@/i18n";
import { show } from "@/test/render";
import type { Row } from "./types";
import { useWhy } from "./useWhy";

beforeAll(() => Promise.all(["ui", "scheduling/sessions", "scheduling/series"].map(loadTexts)));

const facts = {
  resource: "room:10",
  title: "故事会",
  room: "书屋",
  starts_at: "2027-03-16T16:00:00+08:00",
  ends_at: "2027-03-16T17:00:00+08:00",
  setup: 15,
  clearup: 10,
};

function Words() {
  return <p>{useWhy()({ code: "clash", facts, borne: false }, { day: "2027-03-16" } as Row)}</p>;
}

test("a room's clash says how long the room is held, in both languages", async () => {
  show(<Words />);
  expect(screen.getByText(/书屋/).textContent).toBe(
    "书屋已有“故事会”（3月16日 周二 16:00-17:00，连布置和收拾占用 15:45-17:10；这一场前后也要留出时间）",
  );
  await switchLanguage("en");
  expect((await screen.findByText(/is taken/)).textContent).toBe(
    "书屋 is taken by “故事会” (Tue 16 Mar 16:00-17:00; 15:45-17:10 with setting up and clearing up, for which this one needs time, too)",
  );
  await switchLanguage("zh-Hans");
});
