/** The run whose proposal is looked at, and whether its rows may be changed. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useState } from "react";
import type { PlannedNeed, PlannedSession, Run, Shift } from "./types";

interface Shown {
  run: Run;
  /** One's own, and not published yet. */
  editable: boolean;
  /** The names of sites by id. */
  hubs: ReadonlyMap<number, string>;
}

const Context = createContext<Shown | undefined>(undefined);
export const ProposalProvider = Context.Provider;

export function useProposal(): Shown {
  const found = useContext(Context);
  if (!found) throw new Error("outside of a proposal");
  return found;
}

const OF_PROPOSAL = "/api/planning/runs/{run_id}/proposal";

/** Reads anew what the open page shows of the proposal. */
export function useRefresh(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(OF_PROPOSAL) });
}

/** How much of a long list is asked for, and asking for as much again. */
export function useMost(step: number): [number, () => void] {
  const [most, setMost] = useState(step);
  return [most, () => setMost(most + step)];
}

export const shiftOf = (session: PlannedSession, need: PlannedNeed): Shift => ({
  need: need.id,
  role: need.role,
  session: session.id,
  title: session.title,
  starts_at: session.starts_at,
  ends_at: session.ends_at,
});
