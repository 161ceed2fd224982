/** Says what keeps somebody from a shift in sign-up's own words: they come along. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";

const SwapPage = lazy(async () => (await Promise.all([import("../SwapPage"), loadTexts("scheduling/signups")]))[0]);

export default function Page() {
  return (
    <Suspense>
      <SwapPage />
    </Suspense>
  );
}
