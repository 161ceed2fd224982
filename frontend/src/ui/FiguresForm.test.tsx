import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, expect, test, vi } from "vitest";
import { Refusal } from "@/api/refusal";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { FiguresForm } from "./FiguresForm";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await loadTexts("ui");
});

const saved = { days: 30, minutes: 120, weights: { far: 0.5 } };
const figure = (path: string[], label: string, values = {}) => ({ path, label, least: 1, most: 60, ...values });

function Shown({ onSave, error = null }: { onSave: (figures: typeof saved) => void; error?: unknown }) {
  const [figures, setFigures] = useState(saved);
  return (
    <FiguresForm
      saved={saved}
      figures={figures}
      onChange={setFigures}
      groups={[
        {
          title: "全部",
          figures: [
            figure(["days"], "几天"),
            figure(["minutes"], "几小时", { per: 60 }),
            figure(["weights", "far"], "轻重", { least: 0, step: 0.1 }),
          ],
        },
      ]}
      saving={{ error, isPending: false }}
      onSave={() => onSave(figures)}
    />
  );
}

async function open(role: string, error: unknown = null) {
  const person = { id: 1, name: "管理员" };
  const roles = [{ role, scope_kind: "district", scope_id: null }];
  const me = { signed_in: true, phone: "", person, persons: [person], roles, demo: false };
  fetched({ "GET /api/me": { body: me } });
  const onSave = vi.fn();
  show(<Shown onSave={onSave} error={error} />);
  return onSave;
}
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

test("figures are changed where they stand, in the units in which they are shown", async () => {
  const onSave = await open("administrator");
  const save = await screen.findByRole<HTMLButtonElement>("button", { name: "保存" });
  expect([field("几小时").value, save.disabled]).toEqual(["2", true]);
  fireEvent.change(field("几小时"), { target: { value: "3" } });
  fireEvent.change(field("轻重"), { target: { value: "0.25" } });
  fireEvent.click(save);
  expect(onSave).toHaveBeenCalledWith({ days: 30, minutes: 180, weights: { far: 0.25 } });
});

test("nothing, and what lies outside its bounds, is said and not saved", async () => {
  await open("administrator");
  const save = await screen.findByRole<HTMLButtonElement>("button", { name: "保存" });
  for (const value of ["", "0", "61"]) {
    fireEvent.change(field("几天"), { target: { value } });
    expect([screen.getByText("请填1到60之间的数").textContent, save.disabled]).toEqual(["请填1到60之间的数", true]);
  }
  fireEvent.change(field("几天"), { target: { value: "60" } });
  await waitFor(() => expect(save.disabled).toBe(false));
});

test("others read, and are told whose it is to change", async () => {
  await open("coordinator");
  expect(await screen.findByText("只有管理员可以修改。")).toBeTruthy();
  expect([field("几天").readOnly, screen.queryByRole("button")]).toEqual([true, null]);
});

test("why it was refused stands above the button", async () => {
  await open("administrator", new Refusal(409, "conflict"));
  expect((await screen.findByRole("alert")).textContent).toBe("刚刚有人改过，请刷新后再试");
});
