/** 这周什么时候能来：跟上周一样, these times, or not this week. Asked on the home page, behind a link and on the phone. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { TimesInWords } from "../TimesInWords";
import { WeekEditor } from "../WeekEditor";
import { isSound, type Window } from "../windows";
import styles from "./question.module.css";

export type RoundAnswer = components["schemas"]["RoundAnswerIn"];
export type Answer = components["schemas"]["RoundQuestionOut"]["answer"];

interface Props {
  week: string;
  answer: Answer;
  /** What holds as far as is known; what "as last week" would mean. */
  known: Window[];
  same?: Window[];
  busy: boolean;
  error?: unknown;
  /** Settles once the answer is in, or was refused. */
  onAnswer: (said: RoundAnswer) => Promise<unknown>;
}

export function Question({ week, answer, known, same, busy, error, onAnswer }: Props) {
  const t = useText();
  const words = useErrorText();
  const [changing, setChanging] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [times, setTimes] = useState(known);
  const say = async (said: RoundAnswer) => {
    try {
      await onAnswer(said);
    } catch {
      // Said below; what was chosen stays, to be sent again.
      return;
    }
    setChanging(false);
    setChoosing(false);
  };
  return (
    <>
      {answer !== "silent" && !changing ? (
        <>
          <StateMark state={answer === "away" ? "cancelled" : "full"}>{t(`your_week.said_${answer}`)}</StateMark>
          {answer !== "away" && <TimesInWords windows={known} />}
          <Button variant="default" onClick={() => setChanging(true)}>
            {t("your_week.change")}
          </Button>
        </>
      ) : choosing ? (
        <>
          <WeekEditor value={times} onChange={setTimes} monday={week} />
          <div className={styles.answers}>
            <Button
              size="lg"
              loading={busy}
              disabled={times.length === 0 || !isSound(times)}
              onClick={() => say({ answer: "times", times })}
            >
              {t("your_week.send_times")}
            </Button>
            <Button size="lg" variant="subtle" onClick={() => setChoosing(false)}>
              {t("your_week.back")}
            </Button>
          </div>
        </>
      ) : (
        <>
          {same && same.length > 0 && (
            <div className={rows.soft}>
              {t("your_week.last_week")}
              <TimesInWords windows={same} />
            </div>
          )}
          <div className={styles.answers}>
            <Button size="lg" loading={busy} onClick={() => say({ answer: "same", times: [] })}>
              {t("your_week.same")}
            </Button>
            <Button
              size="lg"
              variant="default"
              disabled={busy}
              onClick={() => {
                setTimes(known);
                setChoosing(true);
              }}
            >
              {t("your_week.times")}
            </Button>
            <Button size="lg" variant="default" disabled={busy} onClick={() => say({ answer: "away", times: [] })}>
              {t("your_week.away")}
            </Button>
          </div>
        </>
      )}
      {error !== undefined && error !== null && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
    </>
  );
}
