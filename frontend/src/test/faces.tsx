/** The faces that every page has until it can show what it is for. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { type Answers, fetched, never, show } from "./render";

interface Asked {
  /** The query that the page stands on: "GET /api/family". */
  query: string;
  at?: string;
  others?: Answers;
}

/** Loading is said; a failure is said in words, with another try that asks again. */
export async function expectFaces(page: React.ReactNode, { query, at, others = {} }: Asked) {
  fetched({ ...others, [query]: never });
  show(page, at);
  expect(await screen.findByRole("status", { name: "正在加载" })).toBeTruthy();
  cleanup();
  const { asked } = fetched({ ...others, [query]: { status: 500, body: { code: "server_failed", facts: {} } } });
  show(page, at);
  const retry = await screen.findByRole("button", { name: "再试一次" });
  expect(screen.getByRole("alert").textContent).toContain("服务器出错了");
  const before = asked.filter((one) => one === query).length;
  fireEvent.click(retry);
  await waitFor(() => expect(asked.filter((one) => one === query)).toHaveLength(before + 1));
  cleanup();
}
