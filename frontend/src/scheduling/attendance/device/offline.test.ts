import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { inTurn } from "./turns";

afterEach(() => vi.unstubAllGlobals());

test("what failed once is done again by the next turn", async () => {
  const done: string[] = [];
  const plans = ["fails", "works", "works"];
  const turn = inTurn(async () => {
    const plan = plans.shift() ?? "";
    done.push(plan);
    if (plan === "fails") throw new Error(plan);
  });
  expect(await Promise.allSettled([turn(), turn(), turn()])).toMatchObject([
    { status: "rejected" },
    { status: "fulfilled" },
    { status: "fulfilled" },
  ]);
  expect(done).toEqual(["fails", "works", "works"]);
});

/** As much of IndexedDB as reading one value asks of it. */
function browserDatabase(): { fail: boolean; close: () => void; opened: number } {
  const control = { fail: true, close: () => undefined as undefined, opened: 0 };
  vi.stubGlobal("indexedDB", {
    open: () => {
      control.opened += 1;
      const failing = control.fail;
      const database: Record<string, unknown> = {
        transaction: () => {
          const under: Record<string, unknown> = {
            objectStore: () => ({ get: () => ({ result: "kept" }), getAll: () => ({ result: [] }) }),
          };
          setTimeout(() => (under.oncomplete as () => void)());
          return under;
        },
      };
      control.close = () => void (database.onclose as () => void)();
      const request: Record<string, unknown> = { result: database, error: new Error("no disk") };
      setTimeout(() => (request[failing ? "onerror" : "onsuccess"] as () => void)());
      return request;
    },
  });
  return control;
}

test("a store that would not open, or was closed, is opened anew", async () => {
  const disk = browserDatabase();
  const { read } = await import("./store");
  await expect(read("token")).rejects.toThrow("no disk");
  disk.fail = false;
  expect(await read("token")).toBe("kept");
  expect(await read("token")).toBe("kept");
  expect(disk.opened).toBe(2);
  disk.close();
  expect(await read("token")).toBe("kept");
  expect(disk.opened).toBe(3);
});

/** The page the worker answers with, when the network answers so. */
async function served(network: () => Promise<Response>): Promise<string> {
  const listeners: Record<string, (event: unknown) => void> = {};
  const scope = {
    addEventListener: (name: string, listen: (event: unknown) => void) => {
      listeners[name] = listen;
    },
    location: { origin: "https://renqi.example" },
  };
  const caches = { open: async () => ({ match: async () => new Response("kept") }) };
  const source = readFileSync("public/device-worker.js", "utf8");
  new Function("self", "caches", "fetch", source)(scope, caches, network);
  const answer = new Promise<Response>((resolve) =>
    listeners.fetch?.({
      request: { method: "GET", mode: "navigate", url: "https://renqi.example/device" },
      respondWith: resolve,
    }),
  );
  return (await answer).text();
}

test("only a page takes the kept page's place", async () => {
  expect(await served(async () => new Response("new"))).toBe("new");
  expect(await served(async () => new Response("bad gateway", { status: 502 }))).toBe("kept");
  expect(await served(() => Promise.reject(new TypeError("no network")))).toBe("kept");
});
