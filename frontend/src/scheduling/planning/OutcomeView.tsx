/** What the proposal would become: the seats, who changes places, and every other term's change. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { say, useDates } from "@/ui";
import styles from "./planning.module.css";
import type { Outcome, Shift } from "./types";

/** Told as seats. */
const SEATS = "min";

interface Props {
  outcome: Outcome;
  /** Said of the seats instead of how many are won or lost. */
  lead?: string;
  /** A session that would be at another time for those who come. */
  moved?: { session: number; starts_at: string; ends_at: string };
}

export function OutcomeView({ outcome, lead, moved }: Props) {
  const t = useText();
  const dates = useDates();
  const words = (shift: Shift, comes: boolean) => {
    const { starts_at, ends_at } = comes && moved?.session === shift.session ? moved : shift;
    return `${dates.span(starts_at, ends_at)} ${shift.title}`;
  };
  const terms = Object.entries(outcome.terms).filter(([term]) => term !== SEATS);
  const seats = outcome.short_of_min;
  return (
    <>
      <Text fw={600} data-outcome={Math.sign(seats)}>
        {lead ?? t(`plan.seats_${seats < 0 ? "won" : seats > 0 ? "lost" : "same"}`, { n: Math.abs(seats) })}
      </Text>
      <section>
        <Text component="h3" fw={600}>
          {outcome.steps.length > 0 ? t("plan.who_changes", { n: outcome.steps.length }) : t("plan.nobody_changes")}
        </Text>
        <ul className={styles.rows}>
          {outcome.steps.map(({ volunteer, name, takes, leaves }) => (
            <li key={volunteer} className={styles.step}>
              <strong>{name}</strong>
              {leaves.map((shift) => (
                <span key={shift.need}>
                  {t("plan.goes")} {words(shift, false)}
                </span>
              ))}
              {takes.map((shift) => (
                <span key={shift.need}>
                  {t("plan.comes")} {words(shift, true)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </section>
      {terms.length > 0 && (
        <section>
          <Text component="h3" fw={600}>
            {t("plan.terms")}
          </Text>
          <ul className={styles.list}>
            {terms.map(([term, change]) => (
              <li key={term}>
                {t(change < 0 ? "plan.term_less" : "plan.term_more", {
                  term: say(t, "plan_term", term, {}, "plan_term.other"),
                  n: Math.abs(change),
                })}
              </li>
            ))}
          </ul>
          <Text size="sm" c="dimmed">
            {t("plan.terms_mean")}
          </Text>
        </section>
      )}
    </>
  );
}
