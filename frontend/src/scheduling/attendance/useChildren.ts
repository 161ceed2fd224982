import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";

/** A day's children at a hub. */
export function useChildren(hub: number, day: string) {
  return api.useQuery(
    "get",
    "/api/attendance/children/day",
    { params: { query: { hub, day } } },
    { meta: { live: ["attendance", "booking", "session"] } },
  );
}

/** What a tablet told of them that does not fit. */
export function useLooseChildren(hub: number, day: string) {
  return api.useQuery(
    "get",
    "/api/attendance/children/loose",
    { params: { query: { hub, day } } },
    { meta: { live: ["attendance", "booking", "session"] } },
  );
}

export function useRefreshChildren(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/api/attendance/children"),
    });
}
