import { useQueryClient } from "@tanstack/react-query";

/** After a wish is said or taken back, what shows it is read anew: my record and my shifts. */
export function useRefreshWishes(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[1] === "/api/volunteers/me" || queryKey[1] === "/api/shifts/mine",
    });
}
