/** Parts for the catalog's pages; their words come along. */
import { lazy } from "react";
import { loadTexts } from "@/i18n";

const words = () => loadTexts("programs/lending/circulation");

export const HoldBox = lazy(async () => (await Promise.all([import("./HoldBox"), words()]))[0]);
export const BorrowBox = lazy(async () => (await Promise.all([import("./BorrowBox"), words()]))[0]);
