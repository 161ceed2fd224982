import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Feed, Scope } from "./types";

export function useFeeds() {
  return api.useQuery("get", "/api/feeds");
}

/** The address in force for a calendar; one's own shifts and family need no id. */
export function feedOf(feeds: Feed[], scope: Scope, scopeId?: number): Feed | undefined {
  return feeds.find((feed) => feed.scope === scope && (scopeId === undefined || feed.scope_id === scopeId));
}

export function useRefreshFeeds(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === "/api/feeds" });
}
