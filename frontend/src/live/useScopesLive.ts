import { useGrants } from "@/api/me";
import { useLive } from ".";

/** What happens at one's agencies and sites. */
export function useScopesLive(): void {
  const topics = useGrants().flatMap((grant) => {
    if (grant.scope_kind === "agency") return [`team:${grant.scope_id}`];
    return grant.scope_kind === "hub" ? [`hub:${grant.scope_id}`] : [];
  });
  useLive(topics);
}
