import { useText } from "@/i18n";
import { type BoardSession, lacksAdults } from "./types";

/** Numbers first: how many sessions, how many people missing, how many without enough adults. */
export function Counts({ sessions }: { sessions: BoardSession[] | undefined }) {
  const t = useText();
  if (!sessions) return null;
  const planned = sessions.filter((session) => session.state !== "cancelled");
  const missing = planned.reduce((sum, session) => sum + session.missing, 0);
  const uncovered = planned.filter(lacksAdults).length;
  return [
    t("board.count_sessions", { n: planned.length }),
    missing > 0 ? t("board.count_missing", { n: missing }) : planned.length > 0 ? t("board.count_none_missing") : "",
    uncovered > 0 ? t("board.count_uncovered", { n: uncovered }) : "",
  ]
    .filter(Boolean)
    .join(t("board.comma"));
}
