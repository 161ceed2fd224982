/** What changes for whom against the roster in force. */
import { Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { EmptyState, useDates } from "@/ui";
import { useLookup } from "./lookup";
import styles from "./planning.module.css";

interface Change {
  need: number;
  comes: boolean;
}

export function Changes() {
  const t = useText();
  const dates = useDates();
  const { proposal, people, needs } = useLookup();
  const changes = new Map<number, Change[]>();
  const note = (volunteer: number, change: Change) =>
    changes.set(volunteer, [...(changes.get(volunteer) ?? []), change]);
  for (const row of proposal.rows) if (!row.kept) note(row.volunteer, { need: row.need, comes: true });
  for (const row of proposal.dropped) note(row.volunteer, { need: row.need, comes: false });
  const kept = proposal.rows.filter((row) => row.kept).length;

  if (!proposal.has_published) {
    return <EmptyState picture="bench" title={t("plan.first_roster", { n: proposal.rows.length })} />;
  }
  if (changes.size === 0) return <EmptyState picture="bench" title={t("plan.no_changes", { n: kept })} />;
  return (
    <Stack gap="md">
      <Text c="dimmed">{t("plan.changes_for", { people: changes.size, kept })}</Text>
      <ul className={styles.sessions}>
        {[...changes.entries()].map(([volunteer, list]) => (
          <li key={volunteer} className={styles.session}>
            <Text component="h2" fw={600}>
              {people.get(volunteer)?.name}
            </Text>
            <ul className={styles.rows}>
              {list.map(({ need, comes }) => {
                const session = needs.get(need)?.session;
                return (
                  session && (
                    <li key={need} className={styles.change} data-comes={comes || undefined}>
                      <strong>{comes ? t("plan.comes") : t("plan.goes")}</strong>{" "}
                      <span>
                        {dates.span(session.starts_at, session.ends_at)} {session.title}
                      </span>
                    </li>
                  )
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
