import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { expectFaces } from "@/test/faces";
import { fetched, show } from "@/test/render";
import FamiliesPage from "./desk/page";
import FamilyLinkPage from "./link/page";
import FamilyPage from "./mine/page";
import { type Child, type Consent, type DeskFamily, type Family, KINDS, type Kind } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "hub/people/families"].map(loadTexts));
});

const consent = (kind: Kind, granted: boolean | null): Consent => ({
  kind,
  version: 1,
  holds: granted === true,
  open: granted === null,
  granted,
  answered_version: granted === null ? null : 1,
  given_by: granted === null ? "" : "王芳",
  recorded_by: "",
  recorded_at: granted === null ? null : "2026-11-20T02:00:00Z",
  signed_on: null,
});
const child = (granted: boolean | null): Child => ({
  id: 1,
  name: "王乐乐",
  age: 8,
  born: "2018-03-04",
  relation: "妈妈",
  consents: KINDS.map((kind) => consent(kind, granted)),
});
const family = (values: Partial<Family> = {}): Family => ({
  id: 4,
  part: "guardian",
  confirmed: true,
  guardians: ["王芳"],
  started_by: "",
  may_book: true,
  may_name_pickups: true,
  children: [child(true)],
  members: [],
  asked: [],
  ...values,
});
const mine = (families: Family[]) => ({ "GET /api/families/mine": { body: families } });

test("ours: loading and failure", () => expectFaces(<FamilyPage />, { query: "GET /api/families/mine" }));

test("ours: nobody yet leads to a start", async () => {
  fetched(mine([]));
  show(<FamilyPage />);
  expect(await screen.findByRole("button", { name: "登记一家人" })).toBeTruthy();
});

test("consents: what is open is answered one by one, the first by the main button", async () => {
  const { bodies } = fetched({
    ...mine([family({ children: [child(null)] })]),
    "POST /api/families/children/1/consents": { body: {} },
  });
  show(<FamilyPage />);
  fireEvent.click(await screen.findByRole("button", { name: "同意：登记孩子的个人信息" }));
  await waitFor(() => expect(bodies).toContain('{"answers":{"data":true}}'));
  fireEvent.click(screen.getByRole("button", { name: "不同意：活动中拍照" }));
  await waitFor(() => expect(bodies).toContain('{"answers":{"photo":false}}'));
});

test("consents: taking back the first says what it means before it is done", async () => {
  const { asked, bodies } = fetched({
    ...mine([family()]),
    "POST /api/families/children/1/consents": { body: {} },
  });
  show(<FamilyPage />);
  fireEvent.click(await screen.findByRole("button", { name: "收回：登记孩子的个人信息" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("已经报的活动会全部退掉");
  expect(asked).not.toContain("POST /api/families/children/1/consents");
  fireEvent.click(within(dialog).getByRole("button", { name: "收回" }));
  await waitFor(() => expect(bodies).toContain('{"answers":{"data":false}}'));
});

test("pick-up: a code ends only after a question that says so", async () => {
  const grandmother = {
    id: 9,
    part: "pickup",
    name: "周桂芳",
    relation: "外婆",
    phone: "",
    code: "204816",
    may_book: false,
    may_name_pickups: false,
    me: false,
  } as const;
  const { asked } = fetched({
    ...mine([family({ members: [grandmother] })]),
    "POST /api/families/members/9/code": { body: {} },
  });
  show(<FamilyPage />);
  fireEvent.click(await screen.findByRole("button", { name: "给周桂芳换一个码" }));
  const dialog = await screen.findByRole("dialog");
  expect(asked).not.toContain("POST /api/families/members/9/code");
  fireEvent.click(within(dialog).getByRole("button", { name: "换一个码" }));
  await waitFor(() => expect(asked).toContain("POST /api/families/members/9/code"));
});

test("consents: a caregiver reads how they stand and decides nothing", async () => {
  fetched(mine([family({ part: "caregiver" })]));
  show(<FamilyPage />);
  expect(await screen.findAllByText("同意了")).toHaveLength(4);
  expect(screen.queryByRole("button", { name: /^(同意|收回)/ })).toBeNull();
});

const link = {
  purpose: "consent",
  state: "open",
  asked: "李建军",
  by: "周桂芳",
  by_relation: "外婆",
  children: [{ id: 1, name: "小满", age: 8, consents: KINDS.map((kind) => consent(kind, null)) }],
};

test("from afar: the usual answers are two taps, each shown before it is sent", async () => {
  const answers = { data: true, photo: true, first_aid: true, home_alone: false };
  const answered = { ...link.children[0], consents: KINDS.map((kind) => consent(kind, answers[kind])) };
  const { bodies } = fetched({
    "GET /api/family-links/": { body: link },
    "POST /api/family-links/": { body: { ...link, state: "answered", children: [answered] } },
  });
  show(<FamilyLinkPage />, "/f/");
  fireEvent.click(await screen.findByRole("button", { name: "前三项同意，由大人接" }));
  fireEvent.click(screen.getByRole("button", { name: "确定" }));
  await waitFor(() => expect(bodies).toContain(JSON.stringify({ name: "李建军", children: { 1: answers } })));
  expect(await screen.findByText("都记下了，谢谢您")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "按上面的改" })).toBeNull();
});

test("from afar: a link that is over says so as the page's heading", async () => {
  fetched({ "GET /api/family-links/": { status: 409, body: { code: "link_expired", facts: {} } } });
  show(<FamilyLinkPage />, "/f/");
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("这个链接过期了");
});

const found: DeskFamily = {
  id: 4,
  confirmed: true,
  guardians: [{ id: 7, name: "王芳" }],
  phone: "138****1234",
  hub: "双龙",
  children: [child(true)],
  caregivers: [],
  asked: [],
  helped: [1],
};
async function find(family: DeskFamily, others = {}) {
  const log = fetched({ "POST /api/families/find": { body: [family] }, ...others });
  show(<FamiliesPage />);
  fireEvent.change(screen.getByLabelText("孩子的名字，或监护人的手机号"), { target: { value: "乐乐" } });
  fireEvent.click(screen.getByRole("button", { name: "查找" }));
  await screen.findByText("王芳家");
  return log;
}
const NOTE = "GET /api/children/1/care-note";

test("desk: nobody found says what to do", async () => {
  fetched({ "POST /api/families/find": { body: [] } });
  show(<FamiliesPage />);
  fireEvent.change(screen.getByLabelText("孩子的名字，或监护人的手机号"), { target: { value: "乐乐" } });
  fireEvent.click(screen.getByRole("button", { name: "查找" }));
  expect(await screen.findByText("没有找到")).toBeTruthy();
});

test("desk: notes are not asked for before there is a reason and a tap, and each is asked for once", async () => {
  const { asked, bodies } = await find(found, {
    [NOTE]: { body: { note: "低保户" } },
    "PUT /api/children/1/care-note": { body: { note: "低保户，爷爷住院" } },
  });
  fireEvent.click(screen.getByRole("button", { name: "王乐乐的困难和外出情况" }));
  const show_ = await screen.findByRole<HTMLButtonElement>("button", { name: "看一看、改一改：家庭困难情况" });
  expect([show_.disabled, asked.includes(NOTE)]).toEqual([true, false]);
  fireEvent.click(screen.getByRole("radio", { name: "安排帮扶或名额" }));
  fireEvent.click(await screen.findByRole("button", { name: "看一看、改一改：家庭困难情况" }));
  const field = await screen.findByLabelText<HTMLTextAreaElement>("家庭困难情况");
  expect(field.value).toBe("低保户");
  expect(asked.filter((one) => one === NOTE)).toHaveLength(1);
  fireEvent.change(field, { target: { value: "低保户，爷爷住院" } });
  fireEvent.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(bodies).toContain('{"note":"低保户，爷爷住院"}'));
});

test("desk: whoever has no reason to know is offered nothing", async () => {
  await find({ ...found, helped: [] });
  expect(screen.queryByRole("button", { name: /困难/ })).toBeNull();
});
