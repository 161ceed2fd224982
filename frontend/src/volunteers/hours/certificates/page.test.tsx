import { screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import type { Certificate } from "../types";
import CertificatesPage from "./page";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "volunteers/hours"].map(loadTexts));
});

const issued = (values: Partial<Certificate>): Certificate => ({
  id: 1,
  number: "N9DSWAQMCS",
  volunteer: "",
  volunteer_no: "QZ000009",
  first_day: "2026-09-05",
  last_day: "2026-11-15",
  minutes: 600,
  issued_at: "2026-11-26T04:00:00Z",
  revoked_at: null,
  revoke_reason: "",
  address: "",
  ...values,
});

test("who had themselves erased is a number: no name that lacks, no paper without one", async () => {
  fetched({
    "GET /api/certificates": { body: [issued({}), issued({ id: 2, revoked_at: "2026-11-27T04:00:00Z" })] },
  });
  show(<CertificatesPage />);
  expect(await screen.findAllByText("QZ000009（资料已删除），10小时")).toHaveLength(2);
  expect(screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual([
    "作废QZ000009的证明",
  ]);
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByText("已作废")).toBeTruthy();
});
