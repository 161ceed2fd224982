import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";

/** The day's children at a hub. */
export function useChildren(hub: number) {
  return api.useQuery(
    "get",
    "/api/attendance/children/day",
    { params: { query: { hub } } },
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
