/** Where an answer stands, by shape, word and color. */
import { useText } from "@/i18n";
import { type SessionState, StateMark } from "@/ui";
import type { MyShift } from "./types";

const marks: Record<MyShift["state"], SessionState> = {
  accepted: "full",
  published: "waiting",
  declined: "cancelled",
  released: "cancelled",
};

export function ShiftState({ shift }: { shift: MyShift }) {
  const t = useText();
  if (shift.cancelled) return <StateMark state="cancelled">{t("shift.cancelled")}</StateMark>;
  const words: Record<MyShift["state"], string> = {
    accepted: t("shift.accepted"),
    published: t("shift.published"),
    declined: t("shift.declined"),
    released: t("shift.released"),
  };
  return <StateMark state={marks[shift.state]}>{words[shift.state]}</StateMark>;
}
