/** A role and where it holds, in words. */
import { useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";

export type Holder = components["schemas"]["RoleHolder"];
export type Held = components["schemas"]["HeldRole"];

export function useRoleWords(): (held: Held) => string {
  const t = useText();
  return (held) =>
    held.scope_name
      ? t("people.role_at", { role: t(`role.${held.role}`), place: held.scope_name })
      : t(`role.${held.role}`);
}

/** After a change: who holds what, and what I may do myself. */
export function useRefreshPeople(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: ["get", "/api/people"] }),
      cache.invalidateQueries({ queryKey: ["get", "/api/me"] }),
    ]);
  };
}
