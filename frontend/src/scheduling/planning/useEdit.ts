/** A change by hand. */
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLookup } from "./lookup";
import type { Action } from "./types";
import { useNo } from "./useNo";

export function useEdit(onDone: () => void) {
  const no = useNo();
  const cache = useQueryClient();
  const { run } = useLookup();
  const edit = api.useMutation("post", "/api/planning/runs/{run_id}/edits", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/runs/{run_id}/proposal"] });
      onDone();
    },
  });
  return {
    make: (action: Action, need: number, volunteer: number, instead?: number) =>
      edit.mutate({
        params: { path: { run_id: run.id } },
        body: { action, need, volunteer, instead: instead ?? null },
      }),
    busy: edit.isPending,
    error: no(edit.error),
  };
}
