/** 我能来 and 来不了: one tap each while a shift is unanswered; who takes a yes back is asked why, and may say nothing. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "@/i18n";
import rows from "@/ui/rows.module.css";
import { ShiftState } from "./ShiftState";
import styles from "./signups.module.css";
import type { MyShift } from "./types";
import { useWhyNot } from "./useWhyNot";

/** Few take a yes back: its dialog is fetched when somebody does. */
const Decline = lazy(() => import("./Decline"));

interface Props {
  shift: MyShift;
  onAnswer: (coming: boolean, reason: string) => void;
  busy: boolean;
  error?: unknown;
}

export function Answer({ shift, onAnswer, busy, error }: Props) {
  const t = useText();
  const words = useWhyNot();
  const [declining, setDeclining] = useState(false);
  const open = shift.answerable && !shift.cancelled;
  return (
    <>
      {open && shift.state === "published" ? (
        <div className={styles.answers}>
          <Button size="lg" onClick={() => onAnswer(true, "")} loading={busy}>
            {t("shift.i_come")}
          </Button>
          <Button size="lg" variant="default" onClick={() => onAnswer(false, "")} disabled={busy}>
            {t("shift.i_cannot")}
          </Button>
        </div>
      ) : (
        <div className={rows.foot}>
          <ShiftState shift={shift} />
          {open && shift.state === "accepted" && (
            <Button variant="default" onClick={() => setDeclining(true)} loading={busy}>
              {t("shift.i_cannot")}
            </Button>
          )}
          {open && shift.state === "declined" && (
            <Button variant="default" onClick={() => onAnswer(true, "")} loading={busy}>
              {t("shift.i_come_after_all")}
            </Button>
          )}
        </div>
      )}
      {shift.cancelled && shift.cancel_reason && (
        <span className={rows.soft}>{t("shift.cancel_reason", { reason: shift.cancel_reason })}</span>
      )}
      {error !== undefined && error !== null && (
        <span role="alert" className={rows.reason}>
          {words(error)}
        </span>
      )}
      {declining && (
        <Suspense>
          <Decline
            shift={shift}
            onClose={() => setDeclining(false)}
            onDecline={(reason) => {
              setDeclining(false);
              onAnswer(false, reason);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
