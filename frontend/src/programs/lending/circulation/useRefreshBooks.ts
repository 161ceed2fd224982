import { useQueryClient } from "@tanstack/react-query";

/** After a book was borrowed, given back, renewed or asked for: every list of books is read anew. */
export function useRefreshBooks(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ meta }) => meta?.live?.includes("books") ?? false });
}
