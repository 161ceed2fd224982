/** Who serves in a day's sessions: asked for only where the needs are shown. */
import { useMemo } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";

export type Serving = ReadonlyMap<number, components["schemas"]["BoardPlace"][]>;

export function useServing(day: string, wanted: boolean): Serving | undefined {
  const { data } = api.useQuery(
    "get",
    "/api/board/serving",
    { params: { query: { day } } },
    { enabled: wanted, meta: { live: ["session", "assignment", "roster"] } },
  );
  return useMemo(() => {
    if (!wanted) return undefined;
    const byNeed = new Map<number, NonNullable<typeof data>>();
    for (const place of data ?? []) byNeed.set(place.need, [...(byNeed.get(place.need) ?? []), place]);
    return byNeed;
  }, [data, wanted]);
}
