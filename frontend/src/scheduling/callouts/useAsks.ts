import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";

/** What I am asked to step in for, kept fresh by what happens to me (the page listens). */
export function useAsks() {
  return api.useQuery("get", "/api/asks", {}, { meta: { live: ["callout", "assignment", "session"] } });
}

/** What is open between me and others about changing shifts. */
export function useSwaps() {
  return api.useQuery("get", "/api/swaps", {}, { meta: { live: ["swap", "assignment", "session"] } });
}

/** After an answer everything about shifts is read anew. */
export function useRefreshAsked(): () => Promise<void> {
  const cache = useQueryClient();
  const shows = ["/api/asks", "/api/swaps", "/api/shifts"];
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey: [, address] }) => shows.some((one) => String(address ?? "").startsWith(one)),
    });
}
