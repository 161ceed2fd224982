import { screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { show } from "@/test/render";
import { History } from "./History";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/board"].map(loadTexts));
});

test.each([
  ["session.repaired", "按小范围调整改了人"],
  ["session.places_fewer", "减少了名额"],
  ["session.merged", "把这场并进了另一场"],
  ["session.taken_in", "把另一场并了进来"],
  ["staff_place.taken", "安排了工作人员顶上"],
  ["staff_place.ended", "让顶上的工作人员不用来了"],
])("%s is said in the history", (action, words) => {
  show(<History entries={[{ id: 1, action, by: "周云霞", at: "2026-12-14T01:00:00Z", changed: [] }]} />);
  expect(screen.getByText(`周云霞 ${words}`, { exact: false })).toBeTruthy();
});
