import { useQueryClient } from "@tanstack/react-query";

/** Figures follow from sessions, who came, and hours. */
export const liveLedger = { meta: { live: ["ledger", "session", "attendance", "record"] } };

export function useRefreshLedger(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/api/ledger") });
}
