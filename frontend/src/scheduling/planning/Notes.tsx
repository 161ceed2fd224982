/** What the planner could not take into account, said once above the proposal. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon, say, useDates } from "@/ui";
import { useLookup } from "./lookup";
import styles from "./planning.module.css";

export function Notes() {
  const t = useText();
  const dates = useDates();
  const { proposal, needs, people } = useLookup();
  const leftOut = Object.entries(proposal.left_out);
  if (leftOut.length === 0 && proposal.unkept.length === 0) return null;
  return (
    <div className={styles.note}>
      <Icon name="info" />
      <div>
        {proposal.unkept.map((row) => {
          const session = needs.get(row.need)?.session;
          return (
            <Text key={`${row.need}-${row.volunteer}`}>
              {t("plan.unkept", {
                name: people.get(row.volunteer)?.name ?? "",
                session: session ? `${dates.span(session.starts_at, session.ends_at)} ${session.title}` : "",
                why: say(t, "plan_no", row.code, {}, "plan_no.other"),
              })}
            </Text>
          );
        })}
        {leftOut.map(([code, n]) => (
          <Text key={code}>{say(t, "plan_left_out", code, { n }, "plan_left_out.other")}</Text>
        ))}
      </div>
    </div>
  );
}
