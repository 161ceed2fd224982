/** A shift's facts: the program and what I do there. */
import { useText } from "@/i18n";
import { SessionFacts } from "@/ui";
import type { Shift } from "./types";

interface Props {
  shift: Shift;
  as?: "day" | "row" | "full";
  gone?: boolean;
}

export function ShiftFacts({ shift, as, gone }: Props) {
  const t = useText();
  const what = t("shift.what", { program: shift.program, role: shift.role });
  return <SessionFacts session={shift} what={what} as={as} gone={gone} />;
}
