/** What the planner could not take into account, said once above the proposal. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon, say, useDates } from "@/ui";
import styles from "./planning.module.css";
import type { Proposal } from "./types";

type Unkept = Proposal["unkept"][number];

export function Notes({ proposal }: { proposal: Proposal }) {
  const t = useText();
  const dates = useDates();
  const { restored } = proposal;
  const line = (family: string) => (one: Unkept) => (
    <li key={`${one.shift.need}-${one.volunteer}`}>
      {t("plan.restored_line", {
        name: one.name,
        session: `${dates.span(one.shift.starts_at, one.shift.ends_at)} ${one.shift.title}`,
        why: say(t, family, one.code, {}, "plan_no.other"),
      })}
    </li>
  );
  const leftOut = Object.entries(proposal.left_out);
  if (leftOut.length === 0 && proposal.unkept.length === 0 && !restored) return null;
  return (
    <div className={styles.note}>
      <Icon name="info" />
      <div>
        {restored && (
          <>
            <Text fw={600}>
              {t("plan.restored", { when: `${dates.near(restored.at)} ${dates.time(restored.at)}` })}
            </Text>
            {restored.without.length + restored.besides.length === 0 && <Text>{t("plan.restored_same")}</Text>}
            {restored.without.length > 0 && (
              <>
                <Text>{t("plan.restored_without", { n: restored.without.length })}</Text>
                <ul className={styles.list}>{restored.without.map(line("plan_no"))}</ul>
              </>
            )}
            {restored.besides.length > 0 && (
              <>
                <Text>{t("plan.restored_besides", { n: restored.besides.length })}</Text>
                <ul className={styles.list}>{restored.besides.map(line("plan_stays"))}</ul>
              </>
            )}
          </>
        )}
        {proposal.unkept.map(({ volunteer, name, code, shift }) => (
          <Text key={`${shift.need}-${volunteer}`}>
            {t("plan.unkept", {
              name,
              session: `${dates.span(shift.starts_at, shift.ends_at)} ${shift.title}`,
              why: say(t, "plan_no", code, {}, "plan_no.other"),
            })}
          </Text>
        ))}
        {leftOut.map(([code, n]) => (
          <Text key={code}>{say(t, "plan_left_out", code, { n }, "plan_left_out.other")}</Text>
        ))}
      </div>
    </div>
  );
}
