/** A remedy tried out: what has to be agreed with people first, what changes, and going along with it. */
import { Checkbox, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { localDay, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import { GoAlong } from "./GoAlong";
import { OutcomeView } from "./OutcomeView";
import styles from "./planning.module.css";
import { useAskWords } from "./remedyWords";
import type { Remedy, Shift } from "./types";
import { useMoves } from "./useMoves";

interface Props {
  shift: Shift;
  remedy: Remedy;
  onClose: () => void;
}

export function RemedyDialog({ shift, remedy, onClose }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useAskWords(shift);
  const moves = useMoves(onClose);
  const today = localDay(new Date());
  const [checkedOn, setCheckedOn] = useState(today);
  const [agreed, setAgreed] = useState(false);
  const check = remedy.asks.some(({ code }) => code === "no_clearance");
  const favor = remedy.asks.some(({ code }) => code !== "no_clearance");
  return (
    <Dialog title={t("plan.try")} onClose={onClose}>
      <Text c="dimmed">
        {dates.span(shift.starts_at, shift.ends_at)} {shift.title} {shift.role}
      </Text>
      {remedy.asks.length > 0 && (
        <ul className={styles.asks}>
          {remedy.asks.map((ask) => (
            <li key={`${ask.volunteer}-${ask.need}`}>{words(ask)}</li>
          ))}
        </ul>
      )}
      <OutcomeView outcome={remedy.outcome} lead={t("plan.filled")} />
      {check && (
        <TextInput
          type="date"
          label={t("plan.checked_on")}
          description={t("plan.check_holds")}
          value={checkedOn}
          max={today}
          required
          onChange={(event) => setCheckedOn(event.currentTarget.value)}
        />
      )}
      {remedy.asks.length > 0 && (
        <Checkbox
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
          label={t(check ? (favor ? "plan.seen_and_agreed" : "plan.seen_result") : "plan.agreed")}
        />
      )}
      <GoAlong
        moves={moves}
        label={t("plan.do_it")}
        disabled={(remedy.asks.length > 0 && !agreed) || (check && !checkedOn)}
        onGo={() => moves.make({ outcome: remedy.outcome, asks: remedy.asks, checkedOn })}
        onClose={onClose}
      />
    </Dialog>
  );
}
