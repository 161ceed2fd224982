import { api } from "@/api/client";
import { useChoices, useSites } from "@/scheduling/sessions/useSites";

/** What the form offers: programs, workers, the sites one may fill, the terms. */
export function useEditing() {
  const choices = useChoices();
  const sites = useSites();
  const terms = api.useQuery("get", "/api/terms");
  const all = [choices, sites, terms];
  const data =
    choices.data && sites.data && terms.data
      ? {
          choices: choices.data,
          sites: sites.data.filter((site) => choices.data.hubs.includes(site.id)),
          terms: terms.data,
        }
      : undefined;
  return {
    data,
    error: all.find((one) => one.error)?.error,
    refetch: () => Promise.all(all.map((one) => one.refetch())),
  };
}
