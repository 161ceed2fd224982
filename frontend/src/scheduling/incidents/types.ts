import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Line = Schemas["IncidentLine"];
export type Session = Schemas["IncidentSession"];
export type Start = Schemas["IncidentStart"];
export type Incident = Schemas["IncidentOut"];
export type Passage = Schemas["PassageOut"];
export type Concerned = Schemas["ConcernedOut"];
export type Told = Schemas["ToldOut"];
export type PassageIn = Omit<Schemas["AmendIn"], "suspicion">;
export type Nature = Incident["nature"];
