/** 我能来 or 不方便: one tap each, and how it stands once that was said. */
import { Button } from "@mantine/core";
import { useText } from "@/i18n";
import styles from "@/scheduling/signups/signups.module.css";
import { useWhyNot } from "@/scheduling/signups/useWhyNot";
import { Icon, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Ask } from "./types";

interface Props {
  ask: Ask;
  onAnswer: (coming: boolean) => void;
  busy: boolean;
  error: unknown;
}

export function AskAnswer({ ask, onAnswer, busy, error }: Props) {
  const t = useText();
  const words = useWhyNot();
  const over = ask.callout === "filled" || ask.callout === "stopped";
  return (
    <>
      {ask.state === "yes" && <StateMark state="full">{t("ask.coming")}</StateMark>}
      {ask.state !== "yes" && over && (
        <StateMark state="full">{t(ask.callout === "filled" ? "ask.filled" : "ask.stopped")}</StateMark>
      )}
      {ask.state === "silent" && !over && (
        <div className={styles.answers}>
          <Button size="lg" onClick={() => onAnswer(true)} loading={busy}>
            {t("ask.yes")}
          </Button>
          <Button size="lg" variant="default" onClick={() => onAnswer(false)} disabled={busy}>
            {t("ask.no")}
          </Button>
        </div>
      )}
      {ask.state === "no" && !over && (
        <div className={rows.foot}>
          <StateMark state="cancelled">{t("ask.said_no")}</StateMark>
          <Button variant="default" onClick={() => onAnswer(true)} loading={busy}>
            {t("ask.yes_after_all")}
          </Button>
        </div>
      )}
      {error !== null && error !== undefined && (
        <span role="alert" className={rows.reason}>
          <Icon name="info" /> {words(error)}
        </span>
      )}
    </>
  );
}
