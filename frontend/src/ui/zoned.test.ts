import { expect, it } from "vitest";
import { momentOf } from "./zoned";

it("reads the hub's clock, summer time too", () => {
  expect(momentOf("2026-12-14", "16:30")).toBe("2026-12-14T08:30:00.000Z");
  expect(momentOf("2026-12-14", "00:00")).toBe("2026-12-13T16:00:00.000Z");
  expect(momentOf("1988-07-01", "12:00")).toBe("1988-07-01T03:00:00.000Z");
});
