import { useQueryClient } from "@tanstack/react-query";
import { notifyDone } from "@/ui";

/** After a change of what a site has: said, and shown. */
export function useSaved(words: string, then?: () => void) {
  const cache = useQueryClient();
  return {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/places"] });
      then?.();
      notifyDone(words);
    },
  };
}
