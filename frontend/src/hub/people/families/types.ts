import type { components, operations } from "@/api/schema";

type Schemas = components["schemas"];
export type Family = Schemas["MyFamilyOut"];
export type Child = Schemas["FamilysChildOut"];
export type Member = Schemas["FamilyMemberOut"];
export type Consent = Schemas["ConsentOut"];
export type Kind = Consent["kind"];
export type DeskFamily = Schemas["DeskFamilyOut"];
export type Note = Schemas["LookOut"]["note"];
export type Reason = operations["hub_people_care_notes_api_get_care_note"]["parameters"]["query"]["reason"];
export type Answers = Partial<Record<Kind, boolean>>;

/** What is agreed to as a rule: the child's data, pictures, first aid; and fetched by an adult. */
export const USUAL: Record<Kind, boolean> = { data: true, photo: true, first_aid: true, home_alone: false };
export const KINDS: Kind[] = ["data", "photo", "first_aid", "home_alone"];
