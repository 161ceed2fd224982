/** Changes that belong together: checks that were made are recorded first, then all of it is made or none. */
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { Ask, Outcome } from "./types";
import { useNo } from "./useNo";
import { useProposal, useRefresh } from "./useProposal";

interface Wish {
  outcome: Outcome;
  asks?: Ask[];
  /** The day of the checks whose results were seen. */
  checkedOn?: string;
  barred?: { need: number; volunteer: number }[];
}

const placesOf = (outcome: Outcome, side: "takes" | "leaves") =>
  outcome.steps.flatMap(({ volunteer, [side]: shifts }) => shifts.map(({ need }) => ({ need, volunteer })));

export function useMoves(onDone: () => void) {
  const no = useNo();
  const refresh = useRefresh();
  const { run } = useProposal();
  const moves = useMutation({
    mutationFn: async ({ outcome, asks = [], checkedOn = "", barred = [] }: Wish) => {
      for (const { code, volunteer } of asks) {
        if (code !== "no_clearance") continue;
        await call.POST("/api/volunteers/{volunteer_id}/clearances", {
          params: { path: { volunteer_id: volunteer } },
          body: { kind: "child", checked_on: checkedOn },
        });
      }
      await call.POST("/api/planning/runs/{run_id}/moves", {
        params: { path: { run_id: run.id } },
        body: {
          dropped: placesOf(outcome, "leaves"),
          added: placesOf(outcome, "takes"),
          waived: asks.flatMap(({ code, need, volunteer }) =>
            code === "no_clearance" ? [] : [{ code, need, volunteer }],
          ),
          barred,
        },
      });
    },
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
  return { make: moves.mutate, busy: moves.isPending, error: no(moves.error) };
}
