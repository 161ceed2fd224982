/** 办法: every way out for a session that lacks people. Fetched with its sentences when it is first asked for. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";
import type { RescueSheetProps } from "./RescueSheet";

const Sheet = lazy(async () => (await Promise.all([import("./RescueSheet"), loadTexts("scheduling/rescues")]))[0]);

export function RescueSheet(props: RescueSheetProps) {
  return (
    <Suspense fallback={null}>
      <Sheet {...props} />
    </Suspense>
  );
}
