/** Which week, day, site and session one looks at: kept in the address, so that it can be sent and found again. */
import { useSearchParams } from "react-router";
import { addDays, localDay, mondayOf } from "@/ui";

const date = /^\d{4}-\d{2}-\d{2}$/;

export function useWeek() {
  const [parameters, setParameters] = useSearchParams();
  const today = localDay(new Date());
  const asked = parameters.get("week") ?? "";
  const week = mondayOf(date.test(asked) ? asked : today);
  const askedDay = parameters.get("day") ?? "";
  const within = (day: string) => mondayOf(day) === week;
  const day = date.test(askedDay) && within(askedDay) ? askedDay : within(today) ? today : week;
  const number = (name: string) => {
    const value = Number(parameters.get(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };

  const set = (values: Record<string, string | number | undefined>) =>
    setParameters(
      (now) => {
        for (const [name, value] of Object.entries(values)) {
          if (value === undefined) now.delete(name);
          else now.set(name, String(value));
        }
        return now;
      },
      { replace: true },
    );

  return {
    today,
    week,
    day,
    days: Array.from({ length: 7 }, (_, index) => addDays(week, index)),
    hub: number("hub"),
    session: number("session"),
    view: parameters.get("view") === "day" ? ("day" as const) : ("week" as const),
    /** A day's bars show whom each session needs, and who comes. */
    needs: parameters.get("needs") === "1",
    set,
    goTo: (monday: string) => set({ week: monday, day: undefined, session: undefined }),
  };
}

export type Week = ReturnType<typeof useWeek>;
