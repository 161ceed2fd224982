import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Missing = Schemas["MissingFiles"];
export type Lacking = Schemas["LackingFile"];
export type Part = Lacking["lacks"][number];
export type FiledSession = Schemas["FiledSession"];
export type FileOut = Schemas["FileOut"];
export type Line = Schemas["SheetLine"];
export type Record = Schemas["FileRecord"];
export type Words = Pick<Record, "aim" | "process" | "noticed" | "follow_up">;
export type Without = Schemas["FileWithout"];
export type Photo = Schemas["PhotoOut"];
export type Photos = Schemas["FilePhotos"];
export type Child = Schemas["PhotoChild"];
export type Faces = Schemas["FileFaces"];
export type FaceKind = Schemas["FaceTap"]["face"];

export const faceKinds: FaceKind[] = ["good", "fair", "bad"];
/** A part of the page's file, changed. */
export type Put = (part: Partial<FileOut>) => void;
export type FaceLink = Schemas["FaceLinkOut"];
export type MonthChoice = Schemas["MonthChoice"];
export type MonthFile = Schemas["MonthFileOut"];
