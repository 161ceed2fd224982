import { api } from "@/api/client";

/** The sites and rooms one may put a session into. */
export function useSites() {
  return api.useQuery("get", "/api/places", {}, { staleTime: 60_000 });
}

export function useChoices() {
  return api.useQuery("get", "/api/sessions/choices", {}, { staleTime: 60_000 });
}
