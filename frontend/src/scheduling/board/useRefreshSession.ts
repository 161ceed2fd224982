import { useQueryClient } from "@tanstack/react-query";

/** After something was done to a session here: its panel and lists are read anew (the board itself hears of it live). */
export function useRefreshSession(id: number): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => {
        const [, address, init] = queryKey as [string, string?, { params?: { path?: { session_id?: number } } }?];
        return (
          address?.startsWith("/api/board/sessions/{session_id}") === true && init?.params?.path?.session_id === id
        );
      },
    });
}
