import { useQueryClient } from "@tanstack/react-query";
import { useText } from "@/i18n";

/** Minutes as people say them: 2小时30分. */
export function useDuration(): (minutes: number) => string {
  const t = useText();
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (hours === 0) return t("hours.minutes", { minutes: rest });
    return rest === 0 ? t("hours.hours", { hours }) : t("hours.hours_minutes", { hours, minutes: rest });
  };
}

/** Hours of a sum, to one place and never more than was served. */
export const tenths = (minutes: number): number => Math.floor(minutes / 6) / 10;

/** After something is said of a record, all that shows hours is read anew. */
export function useRefreshHours(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === "string" && /^\/api\/(hours|certificates)/.test(queryKey[1]),
    });
}
