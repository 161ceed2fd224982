/** 我能来 and 来不了: one tap each while a shift waits for my answer; who takes a yes back is asked why, and may say nothing. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "@/i18n";
import { StateMark, say, useDates } from "@/ui";
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

/** Whether it is on me to answer. */
export const asksMe = (shift: MyShift): boolean =>
  shift.answerable && !shift.cancelled && (shift.state === "published" || shift.state === "offered");

/** What a tap takes back, where nothing was promised yet. */
const takesBack: Partial<Record<MyShift["state"], string>> = {
  requested: "shift.take_back",
  wished: "shift.take_back",
  waiting: "shift.stop_waiting",
};

export function Answer({ shift, onAnswer, busy, error }: Props) {
  const t = useText();
  const words = useWhyNot();
  const [declining, setDeclining] = useState(false);
  const open = shift.answerable && !shift.cancelled;
  const back = takesBack[shift.state];
  return (
    <>
      {asksMe(shift) ? (
        <>
          {shift.state === "offered" && <Turn shift={shift} />}
          <div className={styles.answers}>
            <Button size="lg" onClick={() => onAnswer(true, "")} loading={busy}>
              {t("shift.i_come")}
            </Button>
            <Button size="lg" variant="default" onClick={() => onAnswer(false, "")} disabled={busy}>
              {t("shift.i_cannot")}
            </Button>
          </div>
        </>
      ) : (
        <div className={rows.foot}>
          <ShiftState shift={shift} />
          {open && (shift.state === "accepted" || shift.state === "agreed") && (
            <Button variant="default" onClick={() => setDeclining(true)} loading={busy}>
              {t("shift.i_cannot")}
            </Button>
          )}
          {open && shift.state === "declined" && (
            <Button variant="default" onClick={() => onAnswer(true, "")} loading={busy}>
              {t("shift.i_come_after_all")}
            </Button>
          )}
          {open && back && (
            <Button variant="default" onClick={() => onAnswer(false, "")} loading={busy}>
              {t(back)}
            </Button>
          )}
        </div>
      )}
      <Why shift={shift} />
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

/** 轮到您了: until when the place is mine to take. */
function Turn({ shift }: { shift: MyShift }) {
  const t = useText();
  const dates = useDates();
  const until = shift.answer_by ? `${dates.near(shift.answer_by)} ${dates.time(shift.answer_by)}` : "";
  return (
    <div className={rows.facts}>
      <StateMark state="short">{t("shift.offered")}</StateMark>
      <span>{t("shift.kept_until", { until })}</span>
      {shift.together && <span className={rows.soft}>{t("shift.together_hint")}</span>}
    </div>
  );
}

function Why({ shift }: { shift: MyShift }) {
  const t = useText();
  if (shift.cancelled && shift.cancel_reason) {
    return <span className={rows.soft}>{t("shift.cancel_reason", { reason: shift.cancel_reason })}</span>;
  }
  if (shift.state === "refused" && shift.reason) {
    return <span className={rows.soft}>{t("shift.cancel_reason", { reason: shift.reason })}</span>;
  }
  if (shift.state === "passed")
    return <span className={rows.soft}>{say(t, "passed", shift.reason, {}, "passed.cannot")}</span>;
  return null;
}
