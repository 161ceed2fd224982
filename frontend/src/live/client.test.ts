import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refetchFor } from ".";
import { type LiveChange, LiveClient } from "./client";

class FakeSocket {
  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;

  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close(code = 1005) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  accept() {
    this.readyState = 1;
    this.onopen?.();
  }
  says(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const event = (seq: number, kind = "session.changed") => ({ seq, kind, ids: { session: [seq] } });
let sockets: FakeSocket[];
let client: LiveClient;
let changes: LiveChange[];
const listen = (change: LiveChange) => changes.push(change);
const last = () => sockets.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  changes = [];
  client = new LiveClient(
    "ws://hub/ws",
    () => {
      sockets.push(new FakeSocket());
      return last() as unknown as WebSocket;
    },
    () => 1,
  );
});

afterEach(() => vi.useRealTimers());

function listening(after: number) {
  const leave = client.subscribe("hub:3", listen, after);
  last().accept();
  return leave;
}

test("asks from the seq that the data was read at, and hands on what comes", () => {
  listening(17);
  expect(last().sent).toEqual([{ subscribe: [{ topic: "hub:3", after: 17 }] }]);
  last().says({ topic: "hub:3", events: [event(18)], seq: 18 });
  expect(changes).toEqual([{ topic: "hub:3", events: [event(18)], reset: false }]);
});

test("an event that comes twice counts once", () => {
  listening(17);
  last().says({ topic: "hub:3", events: [event(18)], seq: 18 });
  last().says({ topic: "hub:3", events: [event(18), event(19)], seq: 19 });
  last().says({ topic: "hub:3", events: [event(19)], seq: 19 });
  expect(changes.flatMap((change) => change.events.map((each) => each.seq))).toEqual([18, 19]);
});

test("a hole is asked for again, from before it", () => {
  listening(17);
  last().says({ topic: "hub:3", events: [event(20)], seq: 20 });
  expect(changes).toEqual([]);
  expect(last().sent.at(-1)).toEqual({ subscribe: [{ topic: "hub:3", after: 17 }] });
  last().says({ topic: "hub:3", events: [event(18), event(19), event(20)], seq: 20 });
  expect(changes.flatMap((change) => change.events.map((each) => each.seq))).toEqual([18, 19, 20]);
});

test("a hole that stays open ends in a reset, not in a loop", () => {
  listening(17);
  for (let times = 0; times < 4; times += 1) last().says({ topic: "hub:3", events: [event(20)], seq: 20 });
  expect(changes).toEqual([{ topic: "hub:3", events: [], reset: true }]);
  last().says({ topic: "hub:3", events: [event(21)], seq: 21 });
  expect(changes.at(-1)?.events).toEqual([event(21)]);
});

test("a reset moves on to its seq", () => {
  listening(2);
  last().says({ topic: "hub:3", reset: true, seq: 40 });
  last().says({ topic: "hub:3", events: [event(41)], seq: 41 });
  expect(changes.map((change) => change.reset)).toEqual([true, false]);
});

test("without a seq the first answer counts as a reset", () => {
  client.subscribe("hub:3", listen);
  last().accept();
  expect(last().sent).toEqual([{ subscribe: [{ topic: "hub:3" }] }]);
  last().says({ topic: "hub:3", events: [], seq: 9 });
  expect(changes).toEqual([{ topic: "hub:3", events: [], reset: true }]);
});

test("a killed socket is opened again after a wait and resumes from the last seq", () => {
  listening(17);
  last().says({ topic: "hub:3", events: [event(18)], seq: 18 });
  last().close();
  expect(client.status).toBe("reconnecting");
  vi.advanceTimersByTime(999);
  expect(sockets).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sockets).toHaveLength(2);
  last().accept();
  expect(client.status).toBe("open");
  expect(last().sent).toEqual([{ subscribe: [{ topic: "hub:3", after: 18 }] }]);
});

test("waits grow, and the network's return cuts them short", () => {
  listening(17);
  last().close();
  vi.advanceTimersByTime(1000);
  last().close();
  vi.advanceTimersByTime(1999);
  expect(sockets).toHaveLength(2);
  client.hurry();
  expect(sockets).toHaveLength(3);
});

test("a socket that answers no ping is given up", () => {
  listening(17);
  vi.advanceTimersByTime(25_000);
  expect(last().sent.at(-1)).toHaveProperty("ping");
  vi.advanceTimersByTime(10_000);
  expect(client.status).toBe("reconnecting");
});

test("whoever is signed out is not knocked for again until somebody is there", () => {
  const signedOut = vi.fn();
  client.onSignedOut = signedOut;
  listening(17);
  last().close(4401);
  vi.advanceTimersByTime(600_000);
  client.hurry();
  expect([client.status, sockets.length, signedOut.mock.calls.length]).toEqual(["idle", 1, 1]);
  client.restart();
  vi.advanceTimersByTime(1000);
  last().accept();
  expect(last().sent).toEqual([{ subscribe: [{ topic: "hub:3", after: 17 }] }]);
});

test("a server that opens and sends away each time is asked ever more rarely", () => {
  client.onSignedOut = () => client.restart();
  listening(17);
  for (let times = 0; times < 5; times += 1) {
    last().close(4401);
    vi.advanceTimersByTime(500 * 2 ** (times + 1) - 1);
    expect(sockets).toHaveLength(times + 1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(times + 2);
    last().accept();
  }
});

test("a denied topic is not asked again until rights change", () => {
  listening(17);
  last().says({ topic: "hub:3", denied: true });
  last().close();
  vi.advanceTimersByTime(1000);
  last().accept();
  expect(last().sent).toEqual([]);
  client.restart();
  vi.advanceTimersByTime(1000);
  last().accept();
  expect(last().sent).toEqual([{ subscribe: [{ topic: "hub:3", after: 17 }] }]);
});

test("the last to leave closes the socket", () => {
  const leave = listening(17);
  leave();
  expect(last().sent.at(-1)).toEqual({ unsubscribe: ["hub:3"] });
  expect(client.status).toBe("idle");
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
});

test("an event refetches the queries that show its kind; a reset all live ones", async () => {
  const cache = new QueryClient();
  const stale = () =>
    cache
      .getQueryCache()
      .getAll()
      .filter((query) => query.state.isInvalidated)
      .map((query) => query.queryKey[0]);
  const fill = async () => {
    for (const [key, live] of [
      ["board", ["session"]],
      ["people", ["grant"]],
      ["settings", undefined],
    ] as const) {
      await cache.fetchQuery({ queryKey: [key], queryFn: () => 1, meta: live && { live: [...live] } });
    }
  };
  await fill();
  await refetchFor({ topic: "hub:3", events: [event(18)], reset: false }, cache);
  expect(stale()).toEqual(["board"]);
  await refetchFor({ topic: "hub:3", events: [], reset: true }, cache);
  expect(stale()).toEqual(["board", "people"]);
});
