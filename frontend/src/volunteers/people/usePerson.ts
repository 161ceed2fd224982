import { useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";

export type Person = components["schemas"]["VolunteerRecordOut"];

/** After anything about a person changed, the list and the counts are read anew with them. */
export function useRefreshPerson(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/api/volunteers") });
}
