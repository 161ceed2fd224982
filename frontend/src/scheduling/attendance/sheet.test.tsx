import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { i18n, loadTexts } from "@/i18n";
import { fetched, show } from "@/test/render";
import { ChildRow } from "./ChildRow";
import type { ChildHere, DoorSession } from "./types";

beforeAll(async () => {
  i18n.activate("zh-Hans");
  await Promise.all(["ui", "scheduling/attendance", "hub/people/families"].map(loadTexts));
});

const session: DoorSession = {
  id: 7,
  title: "社区共读",
  room: "书屋",
  starts_at: "2026-12-14T08:30:00Z",
  ends_at: "2026-12-14T10:00:00Z",
  people: [],
};
const child = (values: Partial<ChildHere> = {}): ChildHere => ({
  booking: 5,
  arrived_at: null,
  left_at: null,
  fetched_by: null,
  went_with: "",
  code_said: false,
  by: "",
  session: 7,
  child: 1,
  name: "王乐乐",
  fetching: [
    { person: 2, name: "王芳", relation: "妈妈", has_code: false },
    { person: 3, name: "陈桂香", relation: "外婆", has_code: true },
  ],
  may_go_alone: false,
  no_photo: false,
  has_note: false,
  wrong_codes: 0,
  doubt: "",
  ...values,
});
const TIMES = "PUT /api/attendance/children/5/times";

test("what was forgotten is noted once the session is over: when, and with whom", async () => {
  const { bodies } = fetched({ [TIMES]: { body: {} } });
  show(<ChildRow child={child({ arrived_at: "2026-12-14T08:40:00Z", by: "李社工" })} session={session} over />);
  expect(screen.getByText("李社工记的")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "改时间：王乐乐" }));
  const went = await screen.findByLabelText(/几点走的/);
  expect(screen.queryByRole("radio")).toBeNull();
  fireEvent.change(went, { target: { value: "18:05" } });
  const save = screen.getByRole<HTMLButtonElement>("button", { name: "就按这个时间" });
  expect(save.disabled).toBe(true);
  fireEvent.click(screen.getByRole("radio", { name: "外婆 陈桂香" }));
  fireEvent.click(save);
  const said = {
    arrived_at: "2026-12-14T08:40:00.000Z",
    left_at: "2026-12-14T10:05:00.000Z",
    fetched_by: 3,
  };
  await waitFor(() => expect(bodies.map((body) => body && JSON.parse(body))).toContainEqual(said));
});

test("while it lasts a child is noted by one tap, and times stay what they are", () => {
  show(<ChildRow child={child()} session={session} over={false} />);
  expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual(["到了"]);
});

test("a going says when it came, too", () => {
  const gone = { arrived_at: "2026-12-14T08:40:00Z", left_at: "2026-12-14T10:05:00Z", fetched_by: 3 };
  show(<ChildRow child={child({ ...gone, went_with: "陈桂香", code_said: true })} session={session} over />);
  expect(screen.getByText("16:40到，18:05跟陈桂香走了")).toBeTruthy();
});
