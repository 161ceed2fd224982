/** What other rooms show of series: fetched with its sentences when first asked for. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";
import type { ScopeChoiceProps } from "./ScopeChoice";
import type { WeekTemplatesProps } from "./WeekTemplates";

const Choice = lazy(async () => (await Promise.all([import("./ScopeChoice"), loadTexts("scheduling/series")]))[0]);
const Templates = lazy(
  async () =>
    (
      await Promise.all([import("./WeekTemplates"), loadTexts("scheduling/series"), loadTexts("scheduling/sessions")])
    )[0],
);

export function ScopeChoice(props: ScopeChoiceProps) {
  return (
    <Suspense fallback={null}>
      <Choice {...props} />
    </Suspense>
  );
}

export function WeekTemplates(props: WeekTemplatesProps) {
  return (
    <Suspense fallback={null}>
      <Templates {...props} />
    </Suspense>
  );
}
