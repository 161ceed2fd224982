import type { components } from "@/api/schema";

export type Mine = components["schemas"]["HoursMine"];
export type HoursRecord = components["schemas"]["HoursRecord"];
export type RecordDetail = components["schemas"]["HoursRecordDetail"];
export type Desk = components["schemas"]["HoursDesk"];
export type DeskSession = components["schemas"]["HoursDeskSession"];
export type DeskRecord = components["schemas"]["HoursDeskRecord"];
export type Owed = components["schemas"]["HoursOwed"];
export type Certificate = components["schemas"]["CertificateOut"];
