import { screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { show } from "@/test/render";
import { closedOn, type Span, useClosedWords } from "./closedOn";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling"].map(loadTexts));
});

// Monday at eight in the morning till midnight after Wednesday, by the hub's clock.
const flood: Span = { room: "", starts_at: "2026-12-14T00:00:00Z", ends_at: "2026-12-16T16:00:00Z" };
const cut: Span = { room: "书屋", starts_at: "2026-12-17T01:00:00Z", ends_at: "2026-12-17T04:00:00Z" };
const mended: Span = { ...flood, ends_at: "2026-12-15T02:00:00Z" };

test("a span stands on each of its days, and not on the one it ends with at midnight", () => {
  const days = ["13", "14", "15", "16", "17"].map((day) => closedOn([flood, cut], `2026-12-${day}`));
  expect(days).toEqual([[], [flood], [flood], [flood], [cut]]);
});

test.each([
  [flood, "14", "整个站点 08:00起"],
  [flood, "15", "整个站点 全天"],
  [flood, "16", "整个站点 全天"],
  [mended, "15", "整个站点 10:00前"],
  [cut, "17", "书屋 09:00-12:00"],
] as const)("each day says its own hours: %#", async (span, day, words) => {
  function Words() {
    const { place, hours } = useClosedWords()(span, `2026-12-${day}`);
    return <p>{`${place} ${hours}`}</p>;
  }
  show(<Words />);
  expect(await screen.findByText(words)).toBeTruthy();
});
