import { useQueryClient } from "@tanstack/react-query";

/** After something was done to a session here: its panel and lists, and who waits for a yes, are read
 * anew (the board itself hears of it live). */
export function useRefreshSession(id: number): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => {
        // Other parts of the page name their queries in ways of their own.
        const [, address, init] = queryKey as [string, unknown, { params?: { path?: { session_id?: number } } }?];
        if (address === "/api/requests") return true;
        return String(address).startsWith("/api/board/sessions/{session_id}") && init?.params?.path?.session_id === id;
      },
    });
}
