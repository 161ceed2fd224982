import { useText } from "@/i18n";
import type { Facet } from "./filters";

/** A value that sessions are chosen by, as it is said. */
export function useFacetText(): (facet: Facet, value: string) => string {
  const t = useText();
  return (facet, value) =>
    facet === "kind" ? t(`board.kinds.${value}`) : facet === "state" ? t(`board.states.${value}`) : value;
}
