import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, test } from "vitest";
import { isPhone, plainPhone } from "@/api/auth";
import { loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import SignInPage, { safeNext } from "./page";

const nobody = { signed_in: false, phone: "", person: null, persons: [], roles: [], demo: true };

test("a wrong number is told before anything is sent", async () => {
  await loadTexts("hub/sign-in");
  const { asked } = fetched({ "GET /api/me": { body: nobody } });
  show(<SignInPage />);
  await userEvent.type(screen.getByLabelText("手机号"), "12345");
  await userEvent.click(screen.getByRole("button", { name: "获取验证码" }));
  expect(screen.getByText("请填11位手机号")).toBeDefined();
  expect(asked).toEqual(["GET /api/me"]);
});

test("phone, then code; a wrong code is said in words", async () => {
  await loadTexts("hub/sign-in");
  const { asked, bodies } = fetched({
    "GET /api/me": { body: { ...nobody, demo: false } },
    "GET /api/setup": { body: { open: false } },
    "POST /_allauth/browser/v1/auth/code/request": { status: 401, body: { status: 401, data: { flows: [] } } },
    "POST /_allauth/browser/v1/auth/code/confirm": {
      status: 400,
      body: { status: 400, errors: [{ code: "incorrect_code", param: "code" }] },
    },
  });
  show(<SignInPage />);
  await userEvent.type(screen.getByLabelText("手机号"), "138 0000 1234");
  await userEvent.click(screen.getByRole("button", { name: "获取验证码" }));
  await userEvent.type(await screen.findByLabelText("验证码"), "０00 000");
  expect(await screen.findByText("验证码不对，请再看一眼短信")).toBeDefined();
  expect(asked.filter((one) => one.startsWith("POST"))).toEqual([
    "POST /_allauth/browser/v1/auth/code/request",
    "POST /_allauth/browser/v1/auth/code/confirm",
  ]);
  expect(bodies).toContain('{"phone":"13800001234"}');
});

test("in the demo each role is one tap", async () => {
  await loadTexts("hub/sign-in");
  const { asked, bodies } = fetched({
    "GET /api/me": { body: nobody },
    "POST /api/demo/sign-in": { body: nobody },
  });
  const { container } = show(<SignInPage />);
  await userEvent.click(await screen.findByRole("button", { name: "协调员" }));
  await waitFor(() => expect(asked).toContain("POST /api/demo/sign-in"));
  expect(bodies[1]).toBe('{"role":"coordinator"}');
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});

test("phones are read the way they are typed", () => {
  expect(plainPhone("１３８-0000-1234")).toBe("13800001234");
  expect(plainPhone("+86 13800001234")).toBe("13800001234");
  expect(isPhone("8613800001234")).toBe(true);
  expect(isPhone("199000000001")).toBe(true);
  for (const other of ["+85251234567", "1380000123", "138000012345", ""]) expect(isPhone(other)).toBe(false);
});

test("the way on after signing in stays in the house", () => {
  expect(safeNext("/board?week=2026-12-14")).toBe("/board?week=2026-12-14");
  const elsewhere = [
    null,
    "https://elsewhere",
    "//elsewhere",
    "/\\elsewhere",
    "/\t/elsewhere",
    "/\n/elsewhere",
    "/\r\\e",
  ];
  for (const next of elsewhere) expect(safeNext(next)).toBe("/");
});

test("a phone with several persons asks which of them it is", async () => {
  await loadTexts("hub/sign-in");
  const persons = [
    { id: 1, name: "王秀兰" },
    { id: 2, name: "张建国" },
  ];
  const family = { ...nobody, signed_in: true, persons, demo: false };
  const { asked, bodies } = fetched({ "GET /api/me": { body: family }, "POST /api/me/person": { body: family } });
  show(<SignInPage />);
  await userEvent.click(await screen.findByRole("button", { name: "张建国" }));
  await waitFor(() => expect(bodies[asked.indexOf("POST /api/me/person")]).toBe('{"person_id":2}'));
});
