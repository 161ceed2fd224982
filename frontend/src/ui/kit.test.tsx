import { act, cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Refusal } from "@/api/refusal";
import { switchLanguage } from "@/i18n";
import { show } from "@/test/render";
import {
  ErrorState,
  isWeChat,
  Loaded,
  notifyDone,
  Page,
  Sentence,
  Skeleton,
  StateMark,
  stateOf,
  WeChatFallback,
} from ".";
import { Notices } from "./Notices";
import { ElderToggle } from "./shell/ElderToggle";

const weChat =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile MicroMessenger/8.0.50 WeChat/arm64";

test("a session's state is a word beside its shape, in both languages", async () => {
  show(<StateMark state="short" missing={2} />);
  expect(screen.getByText("还差2人")).toBeDefined();
  await act(() => switchLanguage("en"));
  expect(screen.getByText("2 short")).toBeDefined();
});

test("states by numbers", () => {
  expect([stateOf(3, 3), stateOf(1, 3), stateOf(0, 3), stateOf(0, 0)]).toEqual(["full", "short", "empty", "full"]);
});

test("a refusal is said as a sentence, and an unknown code never shows itself", () => {
  show(<ErrorState error={new Refusal(409, "conflict")} />);
  expect(screen.getByRole("heading").textContent).toBe("刚刚有人改过，请刷新后再试");
  show(<Sentence family="errors" code="brand_new" />);
  expect(screen.getByText("没有办成，原因还不清楚")).toBeDefined();
});

test("a failed query offers another try; old data stays", async () => {
  const refetch = vi.fn();
  show(<Loaded query={{ data: undefined, error: new Refusal(0, "unreachable"), refetch }}>{() => null}</Loaded>);
  await userEvent.click(screen.getByRole("button", { name: "再试一次" }));
  expect(refetch).toHaveBeenCalledTimes(1);
  show(<Loaded query={{ data: "kept", error: new Error(), refetch }}>{(data) => data}</Loaded>);
  expect(screen.getByText("kept")).toBeDefined();
});

test("nothing is shown for the first 300 ms", () => {
  vi.useFakeTimers();
  show(<Skeleton />);
  expect(screen.queryByRole("status")).toBeNull();
  act(() => vi.advanceTimersByTime(300));
  expect(screen.getByRole("status", { name: "正在加载" })).toBeDefined();
  vi.useRealTimers();
});

test("inside WeChat the address stands where the download would be", () => {
  expect(isWeChat(weChat)).toBe(true);
  expect(isWeChat("Mozilla/5.0 Chrome/130 Safari/537.36")).toBe(false);
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue(weChat);
  show(
    <WeChatFallback address="http://localhost/feed.ics">
      <a href="/feed.ics">feed</a>
    </WeChatFallback>,
  );
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("http://localhost/feed.ics");
});

test("elder mode is kept on the device", async () => {
  show(<ElderToggle />);
  await userEvent.click(screen.getByRole("button", { name: "长辈版" }));
  expect(document.documentElement.hasAttribute("data-elder")).toBe(true);
  expect(localStorage.getItem("renqi.elder")).toBe("1");
  await userEvent.click(screen.getByRole("button", { name: "标准版" }));
  expect(document.documentElement.hasAttribute("data-elder")).toBe(false);
});

test("what is said to be done can be closed, and the button says so", async () => {
  await act(() => switchLanguage("zh-Hans"));
  show(<Notices />);
  act(() => notifyDone("班表已发布"));
  expect(await screen.findByText("班表已发布")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "关闭" }));
});

test("another page puts the focus on its heading, the first one leaves it", () => {
  const open = (path: string, title: string) => {
    cleanup();
    window.history.replaceState(null, "", path);
    show(<Page title={title}>{null}</Page>, path);
    return document.activeElement?.textContent;
  };
  const focused = [open("/today", "今天"), open("/week", "一周总览"), open("/week", "一周总览")];
  expect(focused.map((text) => text === "一周总览")).toEqual([false, true, false]);
});
