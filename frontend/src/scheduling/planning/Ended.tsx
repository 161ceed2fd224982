/** The last run of the week ended without a proposal: what happened, in a line. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon, Sentence } from "@/ui";
import styles from "./planning.module.css";
import type { Run } from "./types";

export function Ended({ run }: { run: Run }) {
  const t = useText();
  return (
    <div className={styles.note} role="status">
      <Icon name="info" />
      <Text>
        {run.state === "cancelled" ? (
          t("plan.cancelled")
        ) : (
          <Sentence family="plan_failed" code={run.error} otherwise="plan_failed.solver_broke" />
        )}
      </Text>
    </div>
  );
}
