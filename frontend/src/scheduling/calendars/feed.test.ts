/** What ical.js, which reads calendars in many programs, makes of a feed (tests/calendars holds the backend to this file). */
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { expect, test } from "vitest";

const written = readFileSync(`${import.meta.dirname}/../../../../tests/calendars/feed.ics`, "utf8");

test("ical.js reads a feed, strictly, as it was meant", () => {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(written));
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  const text = (of: ICAL.Component, name: string) => of.getFirstPropertyValue(name)?.toString();

  expect(text(calendar, "name")).toBe("人齐了 · 我的班次");
  expect(text(calendar, "refresh-interval")).toBe("PT1H");
  expect(events.map(({ uid, sequence }) => [uid, sequence])).toEqual([
    ["5f0c@renqi", 3],
    ["71aa@renqi", 4],
    ["loan-9@renqi", 3],
  ]);
  expect(events.map(({ component }) => text(component, "status"))).toEqual(["CONFIRMED", "CANCELLED", "CONFIRMED"]);
  expect(events[0]?.description).toContain("👩‍👧‍👦");
  expect(events[0]?.description.split("\n")).toHaveLength(2);
  expect(events[2]?.startDate.isDate).toBe(true);

  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone") as ICAL.Component);
  expect(events[0]?.startDate.zone?.tzid).toBe("Asia/Shanghai");
  expect(zone.utcOffset(events[0]?.startDate as ICAL.Time)).toBe(8 * 3600);
  expect(
    events.map(({ component }) => component.getFirstSubcomponent("valarm")).map((one) => one && text(one, "trigger")),
  ).toEqual(["-P1D", null, "-PT15H"]);
});
