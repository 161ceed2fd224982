import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Family = Schemas["FamilyOut"];
export type FamilyChild = Schemas["FamilyChildOut"];
export type Place = Schemas["PlaceOut"];
export type Occasion = Schemas["Occasion"];
export type Activity = Schemas["ActivityOut"];
export type Child = Schemas["ChildOut"];
export type Fit = Schemas["FitOut"];
export type Outing = Schemas["OutingOut"];
export type Turn = Schemas["TurnOut"];
export type Came = Schemas["CameOut"];
