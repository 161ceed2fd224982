/** Who else has a session open: said by this screen while it is open here, heard of at once when another's changes. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "@/api/client";
import type { components } from "@/api/schema";

const AGAIN = 20_000;

type Others = components["schemas"]["SomebodyElse"][];

/** What of a session is open on this screen: its panel, forms that change it. */
const open = new Map<number, { looking: number; changing: number }>();

const keyOf = (session: number) => ["onlookers", session];

async function say(session: number): Promise<Others> {
  const { data } = await call.PUT("/api/board/sessions/{session_id}/onlookers", {
    params: { path: { session_id: session } },
    body: { changing: (open.get(session)?.changing ?? 0) > 0 },
  });
  return data ?? [];
}

function count(session: number, changing: boolean, by: 1 | -1, cache: QueryClient): void {
  const now = open.get(session) ?? { looking: 0, changing: 0 };
  now.looking += by;
  if (changing) now.changing += by;
  open.set(session, now);
  if (now.looking === 0) {
    open.delete(session);
    cache.removeQueries({ queryKey: keyOf(session) });
    const path = { session_id: session };
    // Unheard, it is forgotten by itself.
    call.DELETE("/api/board/sessions/{session_id}/onlookers", { params: { path } }).catch(() => undefined);
  } else if (changing) {
    void cache.invalidateQueries({ queryKey: keyOf(session) });
  }
}

/** `changing`: a form that changes it is open, not just its panel. `takesPart`: this person may change it. */
export function useOnlookers(session: number, changing: boolean, takesPart: boolean): Others {
  const cache = useQueryClient();
  useEffect(() => {
    if (!takesPart) return;
    count(session, changing, 1, cache);
    return () => count(session, changing, -1, cache);
  }, [session, changing, takesPart, cache]);
  const { data } = useQuery({
    queryKey: keyOf(session),
    queryFn: () => say(session),
    enabled: takesPart,
    refetchInterval: AGAIN,
    retry: false,
    meta: { live: ["onlooker"] },
  });
  return data ?? [];
}
