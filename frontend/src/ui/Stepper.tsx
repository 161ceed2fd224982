/** One day, week or month at a time: to the one before, to the next, back to the one that is now. */
import { ActionIcon, Button } from "@mantine/core";
import { Icon } from "./icons";
import styles from "./Stepper.module.css";

interface Step {
  name: string;
  go: () => void;
}

interface Props {
  /** What is chosen. */
  label: string;
  /** None where what comes before, or after, has nothing to show. */
  before: Step | false;
  after?: Step | false;
  /** Back to now; none where that is shown. */
  back?: Step | false;
  /** In the place of a heading. */
  large?: boolean;
  children: React.ReactNode;
}

export function Stepper({ label, before, after = false, back = false, large = false, children }: Props) {
  return (
    <nav className={styles.stepper} aria-label={label} data-no-print>
      <span className={styles.steps}>
        {before && (
          <ActionIcon aria-label={before.name} onClick={before.go}>
            <Icon name="back" />
          </ActionIcon>
        )}
        <span className={styles.now} data-large={large || undefined} aria-live="polite">
          {children}
        </span>
        {after && (
          <ActionIcon aria-label={after.name} onClick={after.go}>
            <Icon name="forward" />
          </ActionIcon>
        )}
      </span>
      {back && (
        <Button variant="default" onClick={back.go}>
          {back.name}
        </Button>
      )}
    </nav>
  );
}
