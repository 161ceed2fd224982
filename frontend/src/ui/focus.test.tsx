import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { show } from "@/test/render";
import { Stepper } from ".";
import { closeTop } from "./closeTop";
import { Sheet } from "./Sheet";

let stop: () => void;
beforeAll(() => {
  stop = closeTop();
});
afterAll(() => stop());

function Years() {
  const [year, setYear] = useState(2027);
  return (
    <Stepper
      label="哪一年"
      before={{ name: "上一年", go: () => setYear(year - 1) }}
      after={{ name: "下一年", go: year < 2028 && (() => setYear(year + 1)) }}
      back={year !== 2027 && { name: "今年", go: () => setYear(2027) }}
    >
      {year}
    </Stepper>
  );
}

test("whoever steps by keyboard stays where they step, at the end and back at now", async () => {
  show(<Years />);
  const after = screen.getByRole("button", { name: "下一年" });
  after.focus();
  await userEvent.keyboard("{Enter}{Enter}");
  expect(screen.getByText("2028")).toBeDefined();
  expect(after.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(after);
  screen.getByRole("button", { name: "今年" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByText("2027")).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "上一年" }));
});

function Row() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        打电话
      </button>
      {open && (
        <Sheet title="找人" onClose={() => setOpen(false)}>
          <p>张桂兰</p>
        </Sheet>
      )}
    </>
  );
}

test("a sheet that is there only while it is open leads back to what opened it", async () => {
  show(<Row />);
  const button = screen.getByRole("button", { name: "打电话" });
  await userEvent.click(button);
  await screen.findByText("张桂兰");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "关闭" })));
  await userEvent.click(screen.getByRole("button", { name: "关闭" }));
  await waitFor(() => expect(document.activeElement).toBe(button));
});

function Below() {
  const [below, setBelow] = useState(true);
  const [above, setAbove] = useState(true);
  return (
    <>
      {below && (
        <Sheet title="这一场" onClose={() => setBelow(false)}>
          场次
        </Sheet>
      )}
      {above && (
        <Sheet title="改时间" onClose={() => setAbove(false)}>
          几点
        </Sheet>
      )}
    </>
  );
}

test("Escape closes what lies on top alone", async () => {
  show(<Below />);
  await screen.findByText("几点");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText("几点")).toBeNull());
  expect(screen.getByText("场次")).toBeDefined();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText("场次")).toBeNull());
});
