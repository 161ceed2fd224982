/** Who serves, role by role, and what a coordinator does about it. */
import { Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { CallList, SearchLine } from "@/scheduling/callouts";
import { Icon } from "@/ui";
import { AddPerson } from "./AddPerson";
import styles from "./board.module.css";
import { Call, PlacePerson } from "./PlacePerson";
import { StaffPlace } from "./StaffPlace";
import type { SessionPanel } from "./types";
import { Wanting } from "./Wanting";

type Need = SessionPanel["needs"][number];

interface Props {
  session: SessionPanel;
  /** Another part of the panel has the main action. */
  quiet: boolean;
}

export function People({ session, quiet }: Props) {
  const t = useText();
  return (
    <div>
      <Title order={3}>{t("board.people")}</Title>
      <ul className={styles.people}>
        <li>
          <span>{session.worker ? `${t("board.duty")} ${session.worker.name}` : t("board.why_worker")}</span>
          {session.worker && <Call name={session.worker.name} phone={session.worker.phone} />}
        </li>
        {session.staff
          .filter((one) => one.need === null)
          .map((one) => (
            <StaffPlace key={one.id} staff={one} session={session} />
          ))}
      </ul>
      {session.needs.map((need) => (
        <Role key={need.id} need={need} session={session} quiet={quiet} />
      ))}
    </div>
  );
}

function Role({ need, session, quiet }: Props & { need: Need }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [searching, setSearching] = useState(false);
  const people = session.people.filter((person) => person.need === need.id);
  const staff = session.staff.filter((one) => one.need === need.id);
  const mode = session.roles.find((role) => role.id === need.id)?.mode ?? "instant";
  const open =
    session.editable &&
    session.state !== "cancelled" &&
    need.filled < need.target &&
    new Date(session.starts_at) > new Date();
  return (
    <div>
      <Text fw={600} mt="sm">
        {t("board.role_filled", { role: need.role, filled: need.filled, min: need.min, target: need.target })}
        {mode !== "instant" && (
          <Text component="span" size="sm" c="dimmed" fw={400}>
            {" "}
            {t(`board.mode.${mode}`)}
          </Text>
        )}
      </Text>
      <ul className={styles.people}>
        {people.map((person) => (
          <PlacePerson key={person.assignment} person={person} session={session} />
        ))}
        {staff.map((one) => (
          <StaffPlace key={one.id} staff={one} session={session} />
        ))}
        {people.length + staff.length === 0 && <li className={styles.nobody}>{t("board.nobody_yet")}</li>}
      </ul>
      <Wanting need={need.id} session={session} />
      {open && <SearchLine need={need.id} />}
      {open && (
        <Group mt="xs" gap="xs">
          <Button
            variant={need.filled < need.min && !quiet ? "filled" : "default"}
            leftSection={<Icon name="join" />}
            onClick={() => setAdding(true)}
            aria-label={t("board.add_person_to", { role: need.role })}
          >
            {t("board.add_person")}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="phone" />}
            onClick={() => setSearching(true)}
            aria-label={t("board.find_stand_in_for", { role: need.role })}
          >
            {t("board.find_stand_in")}
          </Button>
        </Group>
      )}
      {searching && <CallList need={need.id} session={session} onClose={() => setSearching(false)} />}
      {adding && <AddPerson need={need} session={session} onClose={() => setAdding(false)} />}
    </div>
  );
}
