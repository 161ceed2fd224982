import { useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone } from "@/ui";

export type Taken = components["schemas"]["CalendarTakenOut"];
export const CALENDARS = ["get", "/api/volunteers/me/calendars", {}];

/** Says what was read of a calendar, and shows it among the others. */
export function useShowTaken(): (taken: Taken) => void {
  const cache = useQueryClient();
  const t = useText();
  return (taken) => {
    cache.setQueryData(CALENDARS, taken.calendars);
    const { entries, spans, skipped } = taken;
    notifyDone(t(skipped ? "busy.taken_but" : "busy.taken", { entries, spans, skipped }));
  };
}
