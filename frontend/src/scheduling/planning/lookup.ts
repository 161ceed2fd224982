/** A proposal, found by need, session and person. */
import { createContext, useContext } from "react";
import type { Person, PlannedNeed, PlannedSession, Proposal, Row, Run } from "./types";

export interface Lookup {
  run: Run;
  proposal: Proposal;
  /** Rows may be changed: one's own, and not published yet. */
  editable: boolean;
  people: Map<number, Person>;
  needs: Map<number, { need: PlannedNeed; session: PlannedSession }>;
  byNeed: Map<number, Row[]>;
  byPerson: Map<number, Row[]>;
}

function group(rows: Row[], key: "need" | "volunteer"): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) found.set(row[key], [...(found.get(row[key]) ?? []), row]);
  return found;
}

export function lookUp(run: Run, proposal: Proposal): Lookup {
  return {
    run,
    proposal,
    editable: run.may_edit && !run.published_at,
    people: new Map(proposal.volunteers.map((person) => [person.id, person])),
    needs: new Map(
      proposal.sessions.flatMap((session) => session.needs.map((need) => [need.id, { need, session }] as const)),
    ),
    byNeed: group(proposal.rows, "need"),
    byPerson: group(proposal.rows, "volunteer"),
  };
}

export const missingIn = (session: PlannedSession): number =>
  session.needs.reduce((sum, need) => sum + need.missing, 0);

const Context = createContext<Lookup | undefined>(undefined);
export const LookupProvider = Context.Provider;

export function useLookup(): Lookup {
  const found = useContext(Context);
  if (!found) throw new Error("outside of a proposal");
  return found;
}
