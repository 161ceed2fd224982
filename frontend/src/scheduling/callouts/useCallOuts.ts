/** The searches that go on where this person calls around: one request for a whole page, kept fresh by events. */
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CallOut } from "./types";

export function useCallOut(need: number): CallOut | undefined {
  const query = api.useQuery("get", "/api/call-outs", {}, { meta: { live: ["callout", "assignment", "session"] } });
  return query.data?.filter((row) => row.need === need).at(-1);
}

/** After something was done here: searches, call lists and the session's panel are read anew. */
export function useRefreshSearch(): () => Promise<void> {
  const cache = useQueryClient();
  const shows = ["/api/call-outs", "/api/needs/{need_id}/call-list", "/api/board/sessions/{session_id}"];
  return () =>
    cache.invalidateQueries({ predicate: ({ queryKey: [, address] }) => shows.includes(String(address ?? "")) });
}
