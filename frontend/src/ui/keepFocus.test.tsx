import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { show } from "@/test/render";
import { keepFocus } from "./keepFocus";

let stop: () => void;
beforeAll(() => {
  stop = keepFocus();
});
afterAll(() => stop());

function Rooms({ role }: { role?: "dialog" }) {
  const [names, setNames] = useState(["书屋", "厨房"]);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const Whole = role ? "div" : "main";
  return (
    <Whole role={role}>
      <h1>场地</h1>
      <ul>
        {names.map((name) => (
          <li key={name} aria-label={name}>
            {name}
            <button type="button" onClick={() => setNames(names.filter((one) => one !== name))}>
              去掉{name}
            </button>
          </li>
        ))}
      </ul>
      {open ? (
        <form>
          <button type="button">返回</button>
          <input aria-label="名称" />
        </form>
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          加一个
        </button>
      )}
      <button type="button" disabled={busy} onClick={() => setBusy(true)}>
        保存
      </button>
      <button type="button" onClick={() => setBusy(false)}>
        好了
      </button>
    </Whole>
  );
}

async function press(name: string) {
  screen.getByRole("button", { name }).focus();
  await userEvent.keyboard("{Enter}");
}
const isAt = (element: () => Element) => waitFor(() => expect(document.activeElement).toBe(element()));

test.each([undefined, "dialog" as const])(
  "whoever works by keyboard goes on at what stands in the place of what they pressed: %s",
  async (role) => {
    show(<Rooms role={role} />);
    await press("去掉书屋");
    await isAt(() => screen.getByRole("listitem", { name: "厨房" }));
    await userEvent.tab();
    await isAt(() => screen.getByRole("button", { name: "去掉厨房" }));
    expect(screen.getByRole("listitem").hasAttribute("tabindex")).toBe(false);
    await press("加一个");
    await isAt(() => screen.getByLabelText("名称"));
  },
);

test("what was out of use for a moment has the focus again", async () => {
  show(<Rooms />);
  const save = screen.getByRole("button", { name: "保存" });
  await press("保存");
  save.blur(); // as browsers do
  screen.getByRole("button", { name: "好了" }).click();
  await isAt(() => save);
});
