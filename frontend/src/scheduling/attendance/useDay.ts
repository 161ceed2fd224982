import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLive } from "@/live";

/** The day at a hub's door: today and the busiest of one's own where none is named. */
export function useDay(hub: number | undefined, day?: string) {
  const query = api.useQuery(
    "get",
    "/api/attendance/day",
    { params: { query: { hub, day } } },
    { meta: { live: ["attendance", "assignment", "session"] }, placeholderData: keepPreviousData },
  );
  const { hub: shown, head } = query.data ?? {};
  useLive(shown ? [{ topic: `hub:${shown}`, after: head ?? 0 }] : []);
  return query;
}

export function useRefreshDay(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["get", "/api/attendance/day"] });
}
