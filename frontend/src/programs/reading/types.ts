import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Behind = Schemas["ReadingBehind"];
export type Sheet = Schemas["ReadingSheet"];
export type Row = Schemas["ReadingRow"];
export type BookRead = Schemas["BookReadOut"];
export type Keepsake = Schemas["KeepsakeOut"];
export type KeepsakeLog = Schemas["KeepsakeLog"];
export type Mood = Exclude<Row["mood"], "">;
