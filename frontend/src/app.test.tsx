import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, test } from "vitest";
import { App } from "./app";
import { fetched } from "./test/render";

const me = {
  signed_in: true,
  phone: "138****1234",
  person: { id: 1, name: "王秀兰" },
  persons: [
    { id: 1, name: "王秀兰" },
    { id: 2, name: "张建国" },
  ],
  roles: [{ role: "regulator", scope_kind: "district", scope_id: 1, scope_name: "綦江区" }],
  demo: true,
};

function open(path: string) {
  cleanup();
  window.history.replaceState(null, "", path);
  return render(<App />);
}

test("a visitor is led to the sign-in", async () => {
  fetched({ "GET /api/me": { status: 401, body: { code: "sign_in_first", facts: {} } } });
  open("/");
  expect(await screen.findByLabelText("手机号", {}, { timeout: 5000 })).toBeDefined();
  expect(window.location.pathname).toBe("/sign-in");
});

test("an unknown address says so inside the shell, and axe has nothing against it", async () => {
  fetched({ "GET /api/me": { body: me } });
  const { container } = open("/nowhere");
  expect(await screen.findByRole("heading", { level: 1, name: "没有这个页面" })).toBeDefined();
  const account = await screen.findByRole("button", { name: "王秀兰" });
  await userEvent.click(account);
  const panel = document.getElementById(account.getAttribute("aria-controls") ?? "") as HTMLElement;
  const choices = within(panel)
    .getAllByRole("button")
    .map((button) => button.textContent?.trim());
  expect(choices).toEqual(["监管人员 · 綦江区", "王秀兰", "张建国", "我的数据", "English", "退出登录"]);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});

test("another person of the same phone is one choice away", async () => {
  const { asked, bodies } = fetched({ "GET /api/me": { body: me }, "POST /api/me/person": { body: me } });
  open("/nowhere");
  await userEvent.click(await screen.findByRole("button", { name: "王秀兰" }));
  await userEvent.click(screen.getByRole("button", { name: "张建国" }));
  expect(bodies[asked.indexOf("POST /api/me/person")]).toBe('{"person_id":2}');
});

test("the language changes in place", async () => {
  fetched({ "GET /api/me": { body: me } });
  open("/nowhere");
  await userEvent.click(await screen.findByRole("button", { name: "王秀兰" }));
  await userEvent.click(screen.getByRole("button", { name: "English" }));
  expect(await screen.findByText("There is no such page")).toBeDefined();
  expect(document.documentElement.lang).toBe("en");
  expect(document.cookie).toContain("django_language=en");
});
