import type { components } from "@/api/schema";

export type Place = components["schemas"]["Place"];
export type Room = components["schemas"]["PlaceRoom"];
export type Closure = components["schemas"]["ClosureOut"];
export type Outcome = components["schemas"]["ClosureOutcome"];
export type Row = components["schemas"]["ClosureRow"];
export type Choice = components["schemas"]["ChoiceIn"];
