import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import type { FaceLink } from "../types";
import LikedPage from "./page";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/files"].map(loadTexts));
});

const link: FaceLink = {
  program: "社区共读",
  hub: "双龙",
  starts_at: "2026-12-14T08:30:00Z",
  ends_at: "2026-12-14T10:00:00Z",
  face: "",
  open: true,
};

test("one tap says how it was, another changes it", async () => {
  const { bodies } = fetched({
    "GET /api/face-links/": { body: link },
    "POST /api/face-links/": { body: { ...link, face: "fair" } },
  });
  show(<LikedPage />, "/m/");
  fireEvent.click(await screen.findByRole("button", { name: "一般" }));
  await waitFor(() => expect(bodies).toContain('{"face":"fair"}'));
  expect((await screen.findByRole("button", { name: "一般", pressed: true })).hasAttribute("disabled")).toBe(false);
  expect(screen.getByRole("status").textContent).toContain("记下了：一般");
});

test("once the file is closed it stands", async () => {
  fetched({ "GET /api/face-links/": { body: { ...link, face: "bad", open: false } } });
  show(<LikedPage />, "/m/");
  expect((await screen.findByRole("button", { name: "不满意", pressed: true })).hasAttribute("disabled")).toBe(true);
});
