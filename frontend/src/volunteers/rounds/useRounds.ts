import { useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";

export type Desk = components["schemas"]["RoundDeskOut"];
export type Round = components["schemas"]["RoundOut"];

/** After anything happened to a round, all that shows rounds is read anew. */
export function useRefreshRounds(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/api/rounds") });
}
