import type { components } from "@/api/schema";

export type Preview = components["schemas"]["PreviewOut"];
export type Finding = components["schemas"]["FindingOut"];
export type Grid = components["schemas"]["GridOut"];
export type Difference = components["schemas"]["DifferenceOut"];
export type Counts = components["schemas"]["CountsOut"];

export type Counted = Pick<Preview, "sheets">;

/** A cell as spreadsheets name it: 场次!E12. */
export const cellName = (at: { sheet: string; letter: string; row: number }): string =>
  at.row > 0 ? `${at.sheet}!${at.letter}${at.row}` : at.sheet;

export const total = (preview: Counted, what: "created" | "changed" | "same" | "faulty"): number =>
  preview.sheets.reduce((sum, sheet) => sum + sheet[what], 0);
