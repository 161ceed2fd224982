/** Who is looking: the person, the other persons behind the same phone, and the role they are acting in. */
import { type QueryClient, type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { isRole, type Role } from "@/roles";
import { api, call } from "./client";
import type { components } from "./schema";

export type Me = components["schemas"]["Me"];
export type Grant = Omit<components["schemas"]["Grant"], "role"> & { role: Role };

const storageKey = "renqi.grant";
const listeners = new Set<() => void>();

export function useMe(): UseQueryResult<Me, components["schemas"]["RefusalOut"]> {
  return api.useQuery("get", "/api/me", {}, { staleTime: 60_000 });
}

export const grantKey = (grant: Grant): string => `${grant.role}:${grant.scope_kind}:${grant.scope_id ?? ""}`;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function chooseGrant(grant: Grant): void {
  localStorage.setItem(storageKey, grantKey(grant));
  for (const listener of listeners) listener();
}

export function useGrants(): Grant[] {
  return (useMe().data?.roles ?? []).filter((grant): grant is Grant => isRole(grant.role));
}

/** The role (and its hub, agency or district) the person is acting in now; the first one unless they chose. */
export function useGrant(): Grant | undefined {
  const chosen = useSyncExternalStore(subscribe, () => localStorage.getItem(storageKey));
  const grants = useGrants();
  return grants.find((grant) => grantKey(grant) === chosen) ?? grants[0];
}

/**
 * Another person, another world: everything cached belongs to the one before. Who it is now is asked first, and pages
 * wait for that (the gate), so that none asks for what was the other's.
 */
export async function startAnew(cache: QueryClient): Promise<void> {
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== "/api/me" });
  await cache.resetQueries({ queryKey: ["get", "/api/me"] });
}

export function useSwitchPerson(): (personId: number) => Promise<void> {
  const cache = useQueryClient();
  return async (personId) => {
    await call.POST("/api/me/person", { body: { person_id: personId } });
    localStorage.removeItem(storageKey);
    await startAnew(cache);
  };
}
