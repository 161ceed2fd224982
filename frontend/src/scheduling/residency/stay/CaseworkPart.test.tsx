import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import type { MonthDetail } from "../types";
import { CaseworkPart } from "./CaseworkPart";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/residency"].map(loadTexts));
});

const data = {
  residency: 3,
  sides: ["agency"],
  of_month: { month: "2026-12-01", phase: "running" },
  casework: [{ id: 7, day: "2026-12-03", count: 2, by: "周敏", mine: true, confirmed_by: "" }],
} as unknown as MonthDetail;

test("an entry is taken back only after a question that says what goes", async () => {
  const { asked } = fetched({ "DELETE /api/ledger/3/casework/7": { body: null } });
  show(<CaseworkPart data={data} />);
  fireEvent.click(screen.getByRole("button", { name: "撤回12月3日 周四的个案登记：2个" }));
  fireEvent.click(await screen.findByRole("button", { name: "撤回" }));
  await waitFor(() => expect(asked).toEqual(["DELETE /api/ledger/3/casework/7"]));
});
