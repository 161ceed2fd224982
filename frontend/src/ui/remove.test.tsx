import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { RemoveButton } from ".";

const idle = { isPending: false, error: null, reset: () => undefined };

function Row() {
  const [there, setThere] = useState(true);
  return (
    <>
      <h1 tabIndex={-1}>物品</h1>
      {there && (
        <RemoveButton
          name="去掉书箱"
          consequence="可以加回来。"
          verb="去掉"
          doing={idle}
          onConfirm={() => setThere(false)}
        />
      )}
    </>
  );
}

test("a no leads back to the cross, a yes to the page's head once the row is gone", async () => {
  show(<Row />);
  const cross = screen.getByRole("button", { name: "去掉书箱" });
  await userEvent.click(cross);
  await screen.findByText("可以加回来。");
  await userEvent.click(screen.getByRole("button", { name: "先不了" }));
  await waitFor(() => expect(document.activeElement).toBe(cross));
  await userEvent.click(cross);
  await userEvent.click(await screen.findByRole("button", { name: "去掉" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 })));
});
