/** Keeps what is shown of series true while others work on them: by one's agencies and sites. */
import { useGrants } from "@/api/me";
import { useLive } from "@/live";
import { useSites } from "@/scheduling/sessions/useSites";

const MOST_TOPICS = 90;
/** For queries whose answers name sessions, too. */
export const liveSeries = { meta: { live: ["series", "session"] } };

export function useSeriesLive(): void {
  const sites = useSites();
  const teams = useGrants().filter((grant) => grant.scope_kind === "agency");
  const hubs = (sites.data ?? []).map((site) => `hub:${site.id}`);
  useLive([...teams.map((grant) => `team:${grant.scope_id}`), ...hubs].slice(0, MOST_TOPICS));
}
