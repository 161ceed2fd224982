/** How an indicator stands, by shape, word and color. */
import { type SessionState, StateMark } from "@/ui";
import { useStandingWords } from "./amounts";
import type { Line } from "./types";

const states: Record<Line["standing"], SessionState> = {
  none: "free",
  met: "full",
  on_course: "standby",
  watch: "waiting",
  behind: "short",
  short: "empty",
};

export function LineMark({ line }: { line: Line }) {
  const words = useStandingWords();
  return <StateMark state={states[line.standing]}>{words(line)}</StateMark>;
}
