/**
 * Live data: a query says which kinds of things it shows (`meta: { live: ["session"] }`), a page says which topics
 * it stands in (`useLive(["hub:3"])`); an event "session.changed" then refetches the queries that show sessions.
 */
import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { type LiveChange, LiveClient, type LiveEvent, type LiveStatus } from "./client";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { live?: string[] };
  }
}

export type { LiveEvent };

const address = () => `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/ws`;
export const live = new LiveClient(address());

window.addEventListener("online", () => live.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") live.hurry();
});

const noun = (kind: string): string => kind.split(".")[0] ?? kind;

export function refetchFor(change: LiveChange, cache: QueryClient): Promise<void> {
  const nouns = new Set(change.events.map((event) => noun(event.kind)));
  const shows = (query: Query) => {
    const kinds = query.meta?.live;
    return kinds !== undefined && (change.reset || kinds.some((kind) => nouns.has(kind)));
  };
  return cache.invalidateQueries({ predicate: shows });
}

/** A topic alone, or with the seq its data was read at (then nothing is fetched twice at the start). */
export type LiveTopic = string | { topic: string; after: number };

export function useLive(topics: LiveTopic[], onEvents?: (events: LiveEvent[]) => void): void {
  const cache = useQueryClient();
  const latest = useRef(onEvents);
  latest.current = onEvents;
  const wanted = useRef(topics);
  wanted.current = topics;
  const names = topics
    .map((topic) => (typeof topic === "string" ? topic : topic.topic))
    .sort()
    .join(" ");

  useEffect(() => {
    const listen = (change: LiveChange) => {
      void refetchFor(change, cache);
      if (change.events.length > 0) latest.current?.(change.events);
    };
    const cursor = (name: string) => {
      const topic = wanted.current.find((item) => typeof item !== "string" && item.topic === name);
      return typeof topic === "object" ? topic.after : undefined;
    };
    const leave = names
      .split(" ")
      .filter(Boolean)
      .map((name) => live.subscribe(name, listen, cursor(name)));
    return () => {
      for (const stop of leave) stop();
    };
  }, [names, cache]);
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(
    (listener) => live.watchStatus(listener),
    () => live.status,
  );
}
