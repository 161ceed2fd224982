import { useQueryClient } from "@tanstack/react-query";
import { useGrants } from "@/api/me";
import { useLive } from "@/live";

/** Figures follow from sessions, who came, and hours. */
export const liveLedger = { meta: { live: ["ledger", "session", "attendance", "record"] } };

/** By one's agencies and sites. */
export function useLedgerLive(): void {
  const topics = useGrants().flatMap((grant) => {
    if (grant.scope_kind === "agency") return [`team:${grant.scope_id}`];
    return grant.scope_kind === "hub" ? [`hub:${grant.scope_id}`] : [];
  });
  useLive(topics);
}

export function useRefreshLedger(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/api/ledger") });
}
