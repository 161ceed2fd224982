import type { components } from "@/api/schema";

export type Line = components["schemas"]["SeriesLine"];
export type Series = components["schemas"]["SeriesFull"];
export type Days = Omit<
  components["schemas"]["SeriesNew"],
  "program" | "draft" | "seen" | keyof Settled | "borne_reason"
>;
export type Outcome = components["schemas"]["SeriesOutcome"];
export type Row = components["schemas"]["OutcomeRow"];
export type Term = components["schemas"]["TermOut"];
export type Choice = components["schemas"]["RowChoice"];
/** How what clashes is settled. */
export type Settled = Required<Pick<components["schemas"]["LayIn"], "choices" | "borne">>;
