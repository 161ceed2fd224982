import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { type Skill, Skills } from "./Skills";
import type { Profile } from "./useProfile";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "volunteers", "volunteers/me"].map(loadTexts));
});

const profile = (state: Skill["state"]) =>
  ({ skills: [{ id: 5, name: "急救", state, valid_until: null }] }) as unknown as Profile;
const answers = {
  "GET /api/volunteers/choices": { body: { skills: [] } },
  "DELETE /api/volunteers/me/skills/5": { body: profile("held") },
};
const dropped = "DELETE /api/volunteers/me/skills/5";

test("a skill that the hub has verified is dropped after a question, any other by a tap", async () => {
  const first = fetched(answers);
  const { unmount } = show(<Skills profile={profile("verified")} />);
  fireEvent.click(screen.getByRole("button", { name: "去掉“急救”" }));
  const dialog = await screen.findByRole("dialog");
  expect(first.asked).not.toContain(dropped);
  fireEvent.click(within(dialog).getByRole("button", { name: "去掉" }));
  await waitFor(() => expect(first.asked).toContain(dropped));
  unmount();

  const second = fetched(answers);
  show(<Skills profile={profile("held")} />);
  fireEvent.click(screen.getByRole("button", { name: "去掉“急救”" }));
  await waitFor(() => expect(second.asked).toContain(dropped));
});
