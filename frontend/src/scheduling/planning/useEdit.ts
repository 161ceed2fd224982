/** A change by hand. */
import { api } from "@/api/client";
import type { Action } from "./types";
import { useNo } from "./useNo";
import { useProposal, useRefresh } from "./useProposal";

export function useEdit(onDone: () => void) {
  const no = useNo();
  const refresh = useRefresh();
  const { run } = useProposal();
  const edit = api.useMutation("post", "/api/planning/runs/{run_id}/edits", {
    onSuccess: async () => {
      await refresh();
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
