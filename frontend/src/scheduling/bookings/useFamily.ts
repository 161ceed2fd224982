import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useLive } from "@/live";

/** What happens to my family: a place moved up, a session moved or cancelled. */
export function useFamilyNews(): void {
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
}

/** My children and their places, kept fresh by what happens to them. */
export function useFamily() {
  useFamilyNews();
  return api.useQuery("get", "/api/family", {}, { meta: { live: ["booking", "session"] } });
}

/** After a place is taken or given back. */
export function useRefreshFamily(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) =>
        ["/api/family", "/api/activities", "/api/activities/together"].includes(String(queryKey[1])),
    });
}
