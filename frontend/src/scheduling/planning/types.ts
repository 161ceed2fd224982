import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Run = Schemas["RunOut"];
export type PastRun = Schemas["PastRun"];
export type Desk = Schemas["DeskOut"];
export type DeskHub = Schemas["DeskHub"];
export type Proposal = Schemas["ProposalOut"];
export type PlannedSession = Schemas["PlannedSession"];
export type PlannedNeed = Schemas["PlannedNeed"];
export type Row = Schemas["PlannedRow"];
export type Person = Schemas["PlannedPerson"];
export type Candidates = Schemas["CandidatesOut"];
export type Action = Schemas["EditIn"]["action"];
export type Outcome = Schemas["OutcomeOut"];
export type Remedy = Schemas["RemedyOut"];
export type Ask = Schemas["Ask"];
