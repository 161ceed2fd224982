import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLive } from "@/live";

/** The day at a hub's door; the busiest of one's own when none is named. */
export function useDay(hub: number | undefined) {
  const day = api.useQuery(
    "get",
    "/api/attendance/day",
    { params: { query: { hub } } },
    { meta: { live: ["attendance", "assignment", "session"] } },
  );
  const { hub: shown, head } = day.data ?? {};
  useLive(shown ? [{ topic: `hub:${shown}`, after: head ?? 0 }] : []);
  return day;
}

export function useRefreshDay(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["get", "/api/attendance/day"] });
}
