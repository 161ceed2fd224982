/** Why a day comes out as it does, as a sentence. */
import { hasText, useText } from "@/i18n";
import { useClashWords } from "@/scheduling/sessions/clashWords";
import { say, useDates } from "@/ui";
import type { Row } from "./types";

type Reason = Row["reasons"][number];

export function useWhy(): (reason: Reason, row: Row) => string {
  const t = useText();
  const dates = useDates();
  const clash = useClashWords();
  return ({ code, facts }, row) => {
    const minutes = (name: string) => Number(facts[name] ?? 0);
    const text = (name: string) => (typeof facts[name] === "string" ? (facts[name] as string) : "");
    if (text("title")) {
      const [before, after] = [minutes("setup"), minutes("clearup")];
      const longer = before + after > 0 ? "_longer" : "";
      const of = code === "clash" ? `clash_${text("resource").split(":")[0]}${longer}` : code;
      const [starts, ends] = [text("starts_at"), text("ends_at")];
      const held = `${dates.time(moved(starts, -before))}-${dates.time(moved(ends, after))}`;
      const other = {
        title: text("title"),
        room: text("room"),
        who: text("who"),
        when: dates.span(starts, ends),
        held,
      };
      if (hasText(`series.why.${of}`)) return t(`series.why.${of}`, other);
    }
    const about = text("instead_of") || row.day;
    const values = {
      day: dates.day(row.day),
      weekday: dates.weekday(about),
      reason: text("reason"),
      count: Number(facts.count ?? 0),
    };
    const id = `series.why.${code}`;
    return hasText(id) ? t(id, values) : (clash(code, facts) ?? say(t, "errors", code, facts)).replace(FULL_STOP, "");
  };
}

const moved = (moment: string, minutes: number) => new Date(Date.parse(moment) + minutes * 60_000);

/** Reasons stand in a row, one after the other. */
const FULL_STOP = /[。.]$/;
