/** A change by hand: what the server says no with is worded like the planner's own reasons. */
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { useErrorText } from "@/ui";
import { useLookup } from "./lookup";
import type { Action } from "./types";

export function useEdit(onDone: () => void) {
  const t = useText();
  const other = useErrorText();
  const cache = useQueryClient();
  const { run } = useLookup();
  const edit = api.useMutation("post", "/api/planning/runs/{run_id}/edits", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/runs/{run_id}/proposal"] });
      onDone();
    },
  });
  const failure: unknown = edit.error;
  const code = failure instanceof Refusal ? failure.code : "";
  return {
    make: (action: Action, need: number, volunteer: number, instead?: number) =>
      edit.mutate({
        params: { path: { run_id: run.id } },
        body: { action, need, volunteer, instead: instead ?? null },
      }),
    busy: edit.isPending,
    error: failure === null ? "" : hasText(`plan_no.${code}`) ? t(`plan_no.${code}`) : other(failure),
  };
}
