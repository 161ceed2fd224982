import { Text, Title, VisuallyHidden } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./board.module.css";
import type { SessionPanel } from "./types";

/** Coordinators fill gaps by calling: a tap dials. */
function Call({ name, phone }: { name: string; phone: string }) {
  const t = useText();
  if (!phone) return null;
  return (
    <a className={styles.call} href={`tel:${phone}`}>
      <Icon name="phone" size="1.1em" />
      <VisuallyHidden>{t("board.call", { name })}</VisuallyHidden>
      {phone}
    </a>
  );
}

export function People({ session }: { session: SessionPanel }) {
  const t = useText();
  return (
    <div>
      <Title order={3}>{t("board.people")}</Title>
      <ul className={styles.people}>
        <li>
          <span>
            {t("board.duty")} {session.worker?.name ?? t("board.no_worker")}
          </span>
          {session.worker && <Call name={session.worker.name} phone={session.worker.phone} />}
        </li>
      </ul>
      {session.needs.map((need) => {
        const people = session.people.filter((person) => person.need === need.id);
        return (
          <div key={need.id}>
            <Text fw={600} mt="sm">
              {t("board.role_filled", { role: need.role, filled: need.filled, min: need.min, target: need.target })}
            </Text>
            <ul className={styles.people}>
              {people.map((person) => (
                <li key={person.assignment}>
                  <span>
                    {person.name}{" "}
                    <Text component="span" size="sm" c="dimmed">
                      {t(`board.answer.${person.state}`)}
                    </Text>{" "}
                    {person.reason && <Text size="sm">{person.reason}</Text>}
                    {session.for_children && !person.cleared && person.state !== "declined" && (
                      <Text component="span" size="sm" className={styles.flag}>
                        {t("board.not_cleared")}
                      </Text>
                    )}
                  </span>
                  <Call name={person.name} phone={person.phone} />
                </li>
              ))}
              {people.length === 0 && <li className={styles.nobody}>{t("board.nobody_yet")}</li>}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
