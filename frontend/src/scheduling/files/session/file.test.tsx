import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import type { FileOut } from "../types";
import { PhotosPart } from "./PhotosPart";
import { RecordPart } from "./RecordPart";
import { SheetPart } from "./SheetPart";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/files"].map(loadTexts));
});

const none = { good: 0, fair: 0, bad: 0 };
const file = (values: Partial<FileOut> = {}): FileOut => ({
  session: {
    id: 7,
    program: "社区共读",
    kind: "reading",
    hub_id: 1,
    hub: "双龙",
    starts_at: "2026-12-14T08:30:00Z",
    ends_at: "2026-12-14T10:00:00Z",
  },
  duty_worker: "李社工",
  over: true,
  lacks: ["record", "photos"],
  due_on: "2026-12-28",
  volunteers: [],
  children: [],
  record: {
    aim: "",
    process: "",
    noticed: "",
    follow_up: "",
    revision: 0,
    written_by: "",
    changed_at: null,
    finished_by: "",
    finished_at: null,
  },
  earlier_aim: "让孩子爱读书",
  without: { sheet: false, photos: false, faces: false },
  no_photo: [],
  photos: [],
  faces: { cards: none, taps: none, links: none },
  ...values,
});

function Page({ first, Part }: { first: FileOut; Part: typeof RecordPart }) {
  const [known, change] = useState(first);
  return <Part file={known} put={(part) => change((before) => ({ ...before, ...part }))} />;
}

const SAVE = "PUT /api/files/sessions/7/record";
const FINISH = "POST /api/files/sessions/7/record/finish";

test("what is typed is saved before it is finished, with the aim of the last time", async () => {
  const first = file();
  const saved = { ...first.record, revision: 1 };
  const done = { ...saved, process: "一起读书", finished_by: "李社工", finished_at: "2026-12-14T11:00:00Z" };
  const { bodies } = fetched({ [SAVE]: { body: saved }, [FINISH]: { body: done } });
  show(<Page first={first} Part={RecordPart} />);
  const finish = screen.getByRole<HTMLButtonElement>("button", { name: "写完了" });
  expect(finish.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("活动过程"), { target: { value: "一起读书" } });
  expect(screen.getByRole("status").textContent).toBe("正在保存…");
  fireEvent.click(finish);
  expect(await screen.findByText(/李社工.*写完/)).toBeTruthy();
  const words = { aim: "让孩子爱读书", process: "一起读书", noticed: "", follow_up: "", revision: 0 };
  expect(JSON.parse(bodies[0] ?? "")).toEqual(words);
});

test("a draft that somebody else has written over says so and stays", async () => {
  fetched({ [SAVE]: { status: 409, body: { code: "record_outdated", facts: {} } } });
  show(<Page first={file()} Part={RecordPart} />);
  const process = screen.getByLabelText<HTMLTextAreaElement>("活动过程");
  fireEvent.change(process, { target: { value: "一起读书" } });
  fireEvent.click(screen.getByRole("button", { name: "写完了" }));
  expect((await screen.findByRole("alert")).textContent).toContain("别人刚改过这份记录");
  expect(process.value).toBe("一起读书");
});

test("no photo is sent before each is confirmed to show none of the children", async () => {
  fetched({});
  const no_photo = [
    { id: 3, name: "小李" },
    { id: 4, name: "小王" },
  ];
  show(<Page first={file({ no_photo })} Part={PhotosPart} />);
  expect(screen.getByText("不拍照：小李、小王。照片里不能有他们。")).toBeTruthy();
  const chosen = ["a.jpg", "b.jpg"].map((name) => new File(["x"], name, { type: "image/jpeg" }));
  fireEvent.change(document.querySelector("input[type=file]") as Element, { target: { files: chosen } });
  const boxes = await screen.findAllByRole("checkbox", { name: "这张里没有小李、小王" });
  const send = screen.getByRole<HTMLButtonElement>("button", { name: "上传2张" });
  fireEvent.click(boxes[0] as Element);
  expect(send.disabled).toBe(true);
  fireEvent.click(boxes[1] as Element);
  await waitFor(() => expect(send.disabled).toBe(false));
});

test("once other children are named, each photo is to be confirmed again", async () => {
  const [li, wang] = [
    { id: 3, name: "小李" },
    { id: 4, name: "小王" },
  ];
  function Named() {
    const [no_photo, name] = useState([li]);
    return (
      <>
        <button type="button" onClick={() => name([li, wang])}>
          named
        </button>
        <PhotosPart file={file({ no_photo })} put={() => undefined} />
      </>
    );
  }
  show(<Named />);
  const photo = new File(["x"], "a.jpg", { type: "image/jpeg" });
  fireEvent.change(document.querySelector("input[type=file]") as Element, { target: { files: [photo] } });
  fireEvent.click(await screen.findByRole("checkbox", { name: "这张里没有小李" }));
  const send = screen.getByRole<HTMLButtonElement>("button", { name: "上传1张" });
  expect(send.disabled).toBe(false);
  fireEvent.click(screen.getByRole("button", { name: "named" }));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "这张里没有小李、小王" }).checked).toBe(false);
  expect(send.disabled).toBe(true);
});

test("that a session goes without a sheet can be taken back", async () => {
  fetched({ "PUT /api/files/sessions/7/without": { body: { sheet: true, photos: false, faces: false } } });
  show(<Page first={file({ lacks: ["sheet"] })} Part={SheetPart} />);
  fireEvent.click(screen.getByRole("checkbox", { name: "这场活动没有签到" }));
  await screen.findByText("已齐");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "这场活动没有签到" }).checked).toBe(true);
});
