import { api } from "@/api/client";
import type { Occasion } from "../types";

/** Sites that have something coming, where the family goes most first. */
export function useSites() {
  return api.useQuery("get", "/api/activities/hubs", {}, { staleTime: 300_000 }).data ?? [];
}

/** By time; of what begins together, what is at the family's usual site first. */
export function useUsualFirst() {
  const places = new Map(useSites().map((site, place) => [site.id, place]));
  return <Row>(rows: readonly Row[], of: (row: Row) => Occasion | undefined): Row[] => {
    const starts = (row: Row) => Date.parse(of(row)?.starts_at ?? "");
    const place = (row: Row) => places.get(of(row)?.hub.id ?? 0) ?? places.size;
    return [...rows].sort((one, other) => starts(one) - starts(other) || place(one) - place(other));
  };
}
