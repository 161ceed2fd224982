/** What would stand against a session as it is being written, asked a moment after the last change. */
import { useDebouncedValue } from "@mantine/hooks";
import { api } from "@/api/client";
import type { components } from "@/api/schema";

export type LookWish = components["schemas"]["LookWish"];
export type Look = components["schemas"]["Look"];
export type Offer = components["schemas"]["LookOffer"];
/** What is borne, as a save takes it. */
export type Bearing = Pick<components["schemas"]["SessionMove"], "confirmed" | "borne" | "borne_reason">;

const PAUSE = 400;

/** `wish` none: nothing to ask about yet. What could not be asked says nothing: the save will. */
export function useLook(wish: LookWish | undefined): Look | undefined {
  const [settled] = useDebouncedValue(JSON.stringify(wish ?? null), PAUSE);
  const asked: LookWish | null = JSON.parse(settled);
  const query = api.useQuery(
    "post",
    "/api/sessions/look",
    { body: asked ?? { hub: 0, starts_at: "", ends_at: "" } },
    { enabled: asked !== null, retry: false, staleTime: 10_000, meta: { live: ["session", "closure"] } },
  );
  return wish && settled === JSON.stringify(wish) ? query.data : undefined;
}

/** Only what has clashed is borne, and only by who ticked it. */
export const bearingOf = (look: Look | undefined, confirmed: boolean, reason: string): Partial<Bearing> => {
  const borne = look?.clashes.filter((one) => one.may_override).map((one) => one.code) ?? [];
  return {
    ...(confirmed ? { confirmed } : {}),
    ...(reason.trim() && borne.length > 0 ? { borne: [...new Set(borne)], borne_reason: reason.trim() } : {}),
  };
};
