import { expect, test } from "vitest";
import { addDays, datesIn, localDay, mondayOf } from "./dates";

const chinese = datesIn("zh-Hans");
const english = datesIn("en");
const start = "2026-12-14T08:30:00Z";
const end = "2026-12-14T10:00:00Z";

test("a session's time as people say it", () => {
  expect(chinese.span(start, end)).toBe("12月14日 周一 16:30-18:00");
  expect(english.span(start, end)).toBe("Mon 14 Dec 16:30-18:00");
});

test("a session past midnight names both days", () => {
  expect(chinese.span(start, "2026-12-14T17:00:00Z")).toBe("12月14日 周一 16:30 - 12月15日 周二 01:00");
});

test("a day far away has its year instead of a weekday", () => {
  expect(chinese.date("2027-09-27")).toBe("2027年9月27日");
  expect(english.date("2027-09-27")).toBe("27 Sept 2027");
});

test("the day is the hub's, not the phone's", () => {
  expect(localDay("2026-12-13T16:00:00Z")).toBe("2026-12-14");
  expect(localDay("2026-12-13T15:59:59Z")).toBe("2026-12-13");
  expect(localDay("2026-12-14")).toBe("2026-12-14");
});

test.each([
  ["2026-12-13T01:00:00Z", "昨天", "Yesterday"],
  ["2026-12-14T01:00:00Z", "今天", "Today"],
  ["2026-12-14T16:30:00Z", "明天", "Tomorrow"],
  ["2026-12-16", "后天", "Wed 16 Dec"],
  ["2026-12-17", "12月17日 周四", "Thu 17 Dec"],
])("near days are relative: %s", (moment, inChinese, inEnglish) => {
  expect(chinese.near(moment, start)).toBe(inChinese);
  expect(english.near(moment, start)).toBe(inEnglish);
});

test("a near session", () => {
  expect(chinese.nearSpan(start, end, "2026-12-13T08:00:00Z")).toBe("明天 16:30-18:00");
});

test("weeks are named by their days", () => {
  expect(chinese.week("2026-12-16")).toBe("12月14日—20日");
  expect(chinese.week("2027-01-03")).toBe("12月28日—1月3日");
  expect(english.week("2026-12-20")).toBe("14–20 December");
  expect(english.week("2026-12-28")).toBe("28 December – 3 January");
});

test("weeks begin on Monday", () => {
  expect(mondayOf("2026-12-20")).toBe("2026-12-14");
  expect(mondayOf("2026-12-14")).toBe("2026-12-14");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
});
