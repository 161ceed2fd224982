/** What of the week is shown: kept in the address, so that it can be sent and found again. */
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { BoardSession } from "./types";

/** What a session is chosen by, and its values of each. */
export const FACETS = ["state", "kind", "program", "agency", "skill"] as const;
export type Facet = (typeof FACETS)[number];

const values: Record<Facet, (session: BoardSession) => string[]> = {
  state: (session) => [session.state],
  kind: (session) => [session.kind],
  program: (session) => [session.title],
  agency: (session) => [session.agency],
  skill: (session) => [...new Set(session.needs.map((need) => need.skill))].filter(Boolean),
};

export interface Filters extends Record<Facet, string> {
  search: string;
  unfilledFirst: boolean;
  /** Only what one may change: a social worker's own agency. */
  ours: boolean;
}

export const unfiltered: Filters = {
  state: "",
  kind: "",
  program: "",
  agency: "",
  skill: "",
  search: "",
  unfilledFirst: false,
  ours: false,
};

const plain = (text: string): string => text.normalize("NFKC").toLocaleLowerCase().trim();

export const leavesOut = (filters: Filters): boolean =>
  filters.ours || plain(filters.search) !== "" || FACETS.some((facet) => filters[facet] !== "");

export function matches(session: BoardSession, filters: Filters, placeName: string): boolean {
  if (filters.ours && !session.editable) return false;
  if (FACETS.some((facet) => filters[facet] && !values[facet](session).includes(filters[facet]))) return false;
  const wanted = plain(filters.search);
  if (!wanted) return true;
  return [session.title, session.duty_worker ?? "", placeName].some((text) => plain(text).includes(wanted));
}

/** What there is to choose from, with how many sessions each. */
export function choices(sessions: BoardSession[], facet: Facet): Map<string, number> {
  const found = new Map<string, number>();
  for (const session of sessions) {
    for (const value of values[facet](session)) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return new Map([...found].sort(([one], [other]) => one.localeCompare(other, "zh-Hans-CN")));
}

/** `own`: somebody whose agency shares sites with others sees their own alone until they ask for all. */
function read(parameters: URLSearchParams, own: boolean): Filters {
  const text = (name: string) => parameters.get(name) ?? "";
  return {
    ...unfiltered,
    ...Object.fromEntries(FACETS.map((facet) => [facet, text(facet)])),
    search: text("search"),
    unfilledFirst: text("first") === "unfilled",
    ours: own && text("whose") !== "all",
  };
}

function write(filters: Filters, parameters: URLSearchParams, own: boolean): URLSearchParams {
  const kept: Record<string, string> = {
    ...Object.fromEntries(FACETS.map((facet) => [facet, filters[facet]])),
    search: filters.search,
    first: filters.unfilledFirst ? "unfilled" : "",
    whose: own && !filters.ours ? "all" : "",
  };
  for (const [name, value] of Object.entries(kept)) {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  return parameters;
}

/** The address follows: a router shows its changes a moment later, which an input that is typed into can't wait for. */
export function useFilters(own: boolean): [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const [filters, setFilters] = useState(() => read(parameters, own));
  const change = (wish: Partial<Filters>) => {
    const wanted = { ...filters, ...wish };
    setFilters(wanted);
    setParameters((now) => write(wanted, now, own), { replace: true });
  };
  return [filters, change];
}
