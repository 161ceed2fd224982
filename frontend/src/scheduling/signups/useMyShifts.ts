import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useLive } from "@/live";

/** My shifts, kept fresh by what happens to me. */
export function useMyShifts() {
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  return api.useQuery(
    "get",
    "/api/shifts/mine",
    {},
    { meta: { live: ["assignment", "standby", "session", "volunteer"] } },
  );
}

/** After a place is taken or given back, everything about shifts is read anew. */
export function useRefreshShifts(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === "string" && queryKey[1].startsWith("/api/shifts"),
    });
}
