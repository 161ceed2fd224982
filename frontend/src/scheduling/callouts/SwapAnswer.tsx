/** Two shifts that would change hands, and the answer of who is asked. */
import { Button, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { ShiftFacts } from "@/scheduling/signups/ShiftFacts";
import styles from "@/scheduling/signups/signups.module.css";
import { Icon, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import own from "./callouts.module.css";
import type { Swap } from "./types";
import { useWhyNoSwap } from "./useWhyNoSwap";

interface Props {
  swap: Swap;
  onAnswer: (agreed: boolean) => void;
  busy: boolean;
  error: unknown;
}

export function SwapAnswer({ swap, onAnswer, busy, error }: Props) {
  const t = useText();
  const words = useWhyNoSwap();
  if (swap.state !== "proposed" && swap.state !== "done")
    return <StateMark state="cancelled">{t(`swap.is.${swap.state}`)}</StateMark>;
  return (
    <div className={own.pair}>
      <Text fw={600}>{t(swap.wanted ? "swap.you_would_get" : "swap.you_would_take")}</Text>
      <ShiftFacts shift={swap.given} as="full" />
      {swap.wanted && (
        <>
          <Text fw={600}>{t("swap.for_yours")}</Text>
          <ShiftFacts shift={swap.wanted} />
        </>
      )}
      {swap.state === "proposed" ? (
        <div className={styles.answers}>
          <Button size="lg" onClick={() => onAnswer(true)} loading={busy}>
            {t(swap.wanted ? "swap.agree" : "swap.take_over")}
          </Button>
          <Button size="lg" variant="default" onClick={() => onAnswer(false)} disabled={busy}>
            {t("swap.rather_not")}
          </Button>
        </div>
      ) : (
        <StateMark state="full">{t("swap.is.done")}</StateMark>
      )}
      {error !== null && error !== undefined && (
        <span role="alert" className={rows.reason}>
          <Icon name="info" /> {words(error)}
        </span>
      )}
    </div>
  );
}
