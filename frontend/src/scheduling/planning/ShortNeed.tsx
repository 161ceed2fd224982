/** What stays short: why in one line, and the smallest thing that would help. */
import { Button, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { say } from "@/ui";
import styles from "./planning.module.css";
import { SmallestRemedy } from "./SmallestRemedy";
import type { PlannedNeed, Shift } from "./types";
import { useProposal } from "./useProposal";

const SHOWN = 3;
/** Who lacks the skill never came into question: said only when there is nothing else to say. */
const background = new Set(["no_skill", "assigned_here"]);

interface Props {
  need: PlannedNeed;
  shift: Shift;
  onOpen: () => void;
}

export function ShortNeed({ need, shift, onOpen }: Props) {
  const t = useText();
  const { editable } = useProposal();
  const counts = Object.entries(need.reasons).sort(([, a], [, b]) => b - a);
  const telling = counts.filter(([code]) => !background.has(code));
  const reasons = (telling.length > 0 ? telling : counts)
    .slice(0, SHOWN)
    .map(([code, n]) => say(t, "plan_reason", code, { n }, "plan_reason.other"))
    .join(t("plan.comma"));
  return (
    <div className={styles.short}>
      <Text>
        <strong>{t("plan.short", { n: need.missing })}</strong> {reasons}
      </Text>
      {editable ? (
        <SmallestRemedy
          shift={shift}
          otherwise={<Near need={need} />}
          aside={
            <Button variant="default" onClick={onOpen}>
              {t("plan.who_could")}
            </Button>
          }
        />
      ) : (
        <Near need={need} />
      )}
    </div>
  );
}

/** Where no one thing is enough: who is one step away. */
function Near({ need }: { need: PlannedNeed }) {
  const t = useText();
  const near = need.near[0];
  if (!near) return <Text>{t("plan.no_remedy")}</Text>;
  return (
    <Text>
      {say(t, "plan_remedy", near.code, { name: near.name }, "plan_remedy.other")}
      {need.near.length > 1 && t("plan.more_near", { n: need.near.length - 1 })}
    </Text>
  );
}
