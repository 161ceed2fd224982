import { api } from "@/api/client";
import type { Note, Reason } from "./types";

/** Read once, by a tap of somebody's: each reading is on record. Nothing is kept of it once it is closed. */
export function useCareNote(child: number, kind: Note, reason: Reason) {
  return api.useQuery(
    "get",
    "/api/children/{child_id}/care-note",
    { params: { path: { child_id: child }, query: { reason, kind } } },
    { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
}
