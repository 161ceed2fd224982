/** Where an answer stands, by shape, word and color. */
import { useText } from "@/i18n";
import { StateShape } from "@/ui";
import styles from "./signups.module.css";
import type { MyShift } from "./types";

const shapes = {
  accepted: "full",
  published: "waiting",
  declined: "empty",
  released: "cancelled",
  cancelled: "cancelled",
} as const;

export function ShiftState({ shift }: { shift: MyShift }) {
  const t = useText();
  const state = shift.cancelled ? "cancelled" : shift.state;
  const words = {
    accepted: t("shift.accepted"),
    published: t("shift.published"),
    declined: t("shift.declined"),
    released: t("shift.released"),
    cancelled: t("shift.cancelled"),
  };
  return (
    <span className={styles.mark} data-state={state}>
      <StateShape state={shapes[state]} />
      {words[state]}
    </span>
  );
}
