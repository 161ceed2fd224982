/** Where an answer stands, by shape, word and color. */
import { useText } from "@/i18n";
import { type SessionState, StateMark } from "@/ui";
import type { MyShift } from "./types";

const marks: Record<MyShift["state"], SessionState> = {
  requested: "waiting",
  wished: "waiting",
  waiting: "waiting",
  offered: "short",
  agreed: "waiting",
  accepted: "full",
  published: "waiting",
  declined: "cancelled",
  released: "cancelled",
  passed: "cancelled",
  refused: "cancelled",
  withdrawn: "cancelled",
};

export function ShiftState({ shift }: { shift: MyShift }) {
  const t = useText();
  if (shift.cancelled) return <StateMark state="cancelled">{t("shift.cancelled")}</StateMark>;
  const words = shift.ahead === null ? t(`shift.${shift.state}`) : t("shift.waiting_behind", { ahead: shift.ahead });
  return <StateMark state={marks[shift.state]}>{words}</StateMark>;
}
