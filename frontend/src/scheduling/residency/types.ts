import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Overview = Schemas["LedgerOverview"];
export type OfStay = Schemas["LedgerOfStay"];
export type Detail = Schemas["LedgerDetail"];
export type Month = Schemas["LedgerMonth"];
export type Line = Schemas["LedgerLine"];
export type MonthDetail = Schemas["LedgerMonthDetail"];
export type Source = Schemas["LedgerSource"];
export type Casework = Schemas["LedgerCasework"];
export type Correction = Schemas["LedgerCorrection"];
export type Terms = Schemas["LedgerTerms"];
export type Agreement = Schemas["LedgerAgreement"];
export type Side = Detail["sides"][number];
export type Indicator = Line["indicator"];
export type Figure = Correction["figure"];

export const indicators: Indicator[] = ["sessions", "visits", "people", "casework", "volunteer_minutes"];
export const figures: Figure[] = [...indicators, "room_minutes"];
