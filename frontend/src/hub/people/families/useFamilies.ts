import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useLive } from "@/live";

/** Mine and those I care for; kept fresh by what the others around the children say. */
export function useFamilies() {
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  return api.useQuery("get", "/api/families/mine", {}, { meta: { live: ["family"] } });
}

export function useRefreshFamilies(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[1] === "/api/families/mine" || queryKey[1] === "/api/family",
    });
}
