/** What other rooms show of call-outs and swaps: fetched with its sentences when it is first shown. */
import { type ComponentType, lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";
import type { CallListProps } from "./CallList";
import type { ChangeShiftProps } from "./ChangeShift";
import type { SearchProps } from "./SearchLine";

function part<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  const Part = lazy(async () => (await Promise.all([load(), loadTexts("scheduling/callouts")]))[0]);
  return (props) => (
    <Suspense fallback={null}>
      <Part {...(props as Props & { key?: never })} />
    </Suspense>
  );
}

/** Whom to ring for a role, and what they said. */
export const CallList = part<CallListProps>(() => import("./CallList"));
/** How the search for a role goes, in a line. */
export const SearchLine = part<SearchProps>(() => import("./SearchLine"));
/** A volunteer's cards: what I am asked to step in for. */
export const Asks = part(() => import("./Asks"));
/** A volunteer's cards: who wants to change shifts with me. */
export const Swaps = part(() => import("./Swaps"));
/** Below a shift of mine: change it with somebody, or have somebody take it over. */
export const ChangeShift = part<ChangeShiftProps>(() => import("./ChangeShift"));
