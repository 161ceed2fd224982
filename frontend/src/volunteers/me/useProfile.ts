/** My record, and the one way to correct it: what comes back is shown at once. */
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone } from "@/ui";

export type Profile = components["schemas"]["ProfileOut"];
export type Corrections = components["schemas"]["CorrectionsIn"];

export function useProfile() {
  return api.useQuery("get", "/api/volunteers/me", {}, { meta: { live: ["volunteer", "clearance"] } });
}

/** For `onSuccess` of whatever answers with the record. */
export function useShowProfile(): (profile: Profile) => void {
  const cache = useQueryClient();
  const t = useText();
  return (profile) => {
    cache.setQueryData(["get", "/api/volunteers/me", {}], profile);
    notifyDone(t("me.saved"));
  };
}

export function useCorrect() {
  const save = api.useMutation("patch", "/api/volunteers/me", { onSuccess: useShowProfile() });
  // What is not named stays as it is: the generated type asks for all of it.
  const correct = (said: Partial<Corrections>, then?: () => void) =>
    save.mutate({ body: said as Corrections }, { onSuccess: then });
  return { correct, isPending: save.isPending, error: save.error };
}

export function useChoices() {
  return api.useQuery("get", "/api/volunteers/choices", {}, { staleTime: 600_000 }).data;
}
