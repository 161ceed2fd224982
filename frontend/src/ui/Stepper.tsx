/** One day, week or month at a time: to the one before, to the next, back to the one that is now. */
import { ActionIcon, Button } from "@mantine/core";
import { useRef } from "react";
import { Icon } from "./icons";
import styles from "./Stepper.module.css";

interface Step {
  name: string;
  /** None where nothing is to be shown there. */
  go: (() => void) | false;
}

interface Props {
  /** What is chosen. */
  label: string;
  before: Step;
  after: Step;
  /** Back to now; none where that is shown. */
  back?: { name: string; go: () => void } | false;
  /** In the place of a heading. */
  large?: boolean;
  children: React.ReactNode;
}

export function Stepper({ label, before, after, back = false, large = false, children }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  return (
    <nav className={styles.stepper} aria-label={label} data-no-print>
      <span className={styles.steps}>
        <Arrow ref={first} icon="back" step={before} />
        <span className={styles.now} data-large={large || undefined} aria-live="polite">
          {children}
        </span>
        <Arrow icon="forward" step={after} />
      </span>
      {back && (
        <Button
          variant="default"
          onClick={() => {
            // It is about to go.
            first.current?.focus();
            back.go();
          }}
        >
          {back.name}
        </Button>
      )}
    </nav>
  );
}

interface ArrowProps {
  icon: "back" | "forward";
  step: Step;
  ref?: React.Ref<HTMLButtonElement>;
}

/** Stays at its end, where whoever came by keyboard stands. */
function Arrow({ icon, step: { name, go }, ref }: ArrowProps) {
  const end = go === false;
  return (
    <ActionIcon
      ref={ref}
      aria-label={name}
      aria-disabled={end}
      data-disabled={end || undefined}
      onClick={go || undefined}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}
