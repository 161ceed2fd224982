/** What other rooms show of the search: fetched with its sentences when first asked for. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";
import type { ChildSearchProps } from "./ChildSearch";

const Search = lazy(
  async () => (await Promise.all([import("./ChildSearch"), loadTexts("scheduling/bookings/search")]))[0],
);

export type { FoundChild } from "./ChildSearch";

export function ChildSearch(props: ChildSearchProps) {
  return (
    <Suspense fallback={null}>
      <Search {...props} />
    </Suspense>
  );
}
