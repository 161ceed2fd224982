/** The week's data, kept true by events: what changed is fetched alone and put in its place. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, call } from "@/api/client";
import { type LiveEvent, type LiveTopic, useLive } from "@/live";
import { localDay, mondayOf } from "@/ui/dates";
import type { BoardSession, BoardSite } from "./types";

const GLOW = 1500;
const MOST_AT_ONCE = 100;

interface Shown {
  heads: Record<string, number>;
  sites: BoardSite[];
  sessions: BoardSession[];
}

const foreign = (data: Shown, found: BoardSession[]): boolean => {
  const known = new Set(data.sites.map((site) => site.id));
  return found.some((session) => !known.has(session.hub));
};

export const topicsOf = (data: Shown | undefined): LiveTopic[] =>
  Object.entries(data?.heads ?? {}).map(([topic, after]) => ({ topic, after }));

/** `ids` as they are now take the place of what was shown; what no longer belongs (`keeps`) goes. */
export function patched<Data extends Shown>(
  data: Data,
  ids: number[],
  found: BoardSession[],
  keeps: (session: BoardSession) => boolean,
): Data {
  const asked = new Set(ids);
  const rest = data.sessions.filter((session) => !asked.has(session.id));
  const sessions = [...rest, ...found.filter(keeps)].sort(
    (a, b) => a.starts_at.localeCompare(b.starts_at) || (a.room ?? 0) - (b.room ?? 0) || a.id - b.id,
  );
  return { ...data, sessions };
}

/** Fetches named sessions one batch after the other, so that an older answer never covers a newer one. */
function useSessionRefresh(apply: (ids: number[], found: BoardSession[]) => void, fail: () => void) {
  const waiting = useRef(new Set<number>());
  const busy = useRef(false);
  const latest = useRef({ apply, fail });
  latest.current = { apply, fail };
  return useCallback(async (ids: number[]) => {
    for (const id of ids) waiting.current.add(id);
    if (busy.current) return;
    busy.current = true;
    try {
      while (waiting.current.size > 0) {
        const batch = [...waiting.current].slice(0, MOST_AT_ONCE);
        for (const id of batch) waiting.current.delete(id);
        const { data } = await call.GET("/api/board/sessions", { params: { query: { ids: batch } } });
        latest.current.apply(batch, data ?? []);
      }
    } catch {
      waiting.current.clear();
      latest.current.fail();
    } finally {
      busy.current = false;
    }
  }, []);
}

/** Ids that changed a moment ago. */
function useGlow(): [ReadonlySet<number>, (ids: number[]) => void] {
  const [glowing, setGlowing] = useState<ReadonlySet<number>>(new Set());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  const glow = useCallback((ids: number[]) => {
    setGlowing((now) => new Set([...now, ...ids]));
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setGlowing((now) => new Set([...now].filter((id) => !ids.includes(id))));
    }, GLOW);
    timers.current.add(timer);
  }, []);
  return [glowing, glow];
}

/** Listens on the topics of `data` and patches the query behind `queryKey`. */
function useLivePatch(
  queryKey: readonly unknown[],
  data: Shown | undefined,
  keeps: (session: BoardSession) => boolean,
) {
  const cache = useQueryClient();
  const [glowing, glow] = useGlow();
  const refresh = useSessionRefresh(
    (ids, found) => {
      const now = cache.getQueryData<Shown>(queryKey);
      if (now === undefined) return;
      // At a site not shown yet: there is more to show, and to listen to, than these sessions.
      if (foreign(now, found)) void cache.invalidateQueries({ queryKey });
      else cache.setQueryData(queryKey, patched(now, ids, found, keeps));
      glow(ids);
    },
    () => void cache.invalidateQueries({ queryKey }),
  );
  /** As it will be, until the server says how it is. */
  const show = (session: BoardSession) =>
    cache.setQueryData<Shown>(queryKey, (now) => now && patched(now, [session.id], [session], keeps));
  useLive(topicsOf(data), (events: LiveEvent[]) => {
    const ids = [...new Set(events.flatMap((event) => event.ids.session ?? []))];
    if (ids.length > 0) void refresh(ids);
  });
  return { glowing, refresh, show };
}

const MINUTE = 60_000;

export function useWeekBoard(week: string, hub: number | undefined) {
  const options = api.queryOptions("get", "/api/board", { params: { query: { week, hub } } });
  // No kinds: events patch it; only a reset fetches all of it again.
  const query = useQuery({ ...options, meta: { live: [] }, staleTime: MINUTE, placeholderData: keepPreviousData });
  const keeps = (session: BoardSession) =>
    mondayOf(localDay(session.starts_at)) === week && (hub === undefined || session.hub === hub);
  return { query, ...useLivePatch(options.queryKey, query.data, keeps) };
}

export function useDayBoard(day: string) {
  const options = api.queryOptions("get", "/api/today", { params: { query: { day } } });
  const query = useQuery({ ...options, meta: { live: [] }, staleTime: MINUTE, placeholderData: keepPreviousData });
  const sites = new Set(query.data?.sites.map((site) => site.id));
  const known = new Set(query.data?.sessions.map((session) => session.id));
  const keeps = (session: BoardSession) =>
    localDay(session.starts_at) === day && (known.has(session.id) || (session.editable && sites.has(session.hub)));
  return { query, ...useLivePatch(options.queryKey, query.data, keeps) };
}
