/** A place in full: every reason, the person's other shifts, and what one can do by hand. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, say, useDates, useFocusBack } from "@/ui";
import { CandidatesDialog } from "./CandidatesDialog";
import { Dialog } from "./Dialog";
import { useLookup } from "./lookup";
import { NextBest } from "./NextBest";
import styles from "./planning.module.css";
import type { Row } from "./types";
import { useEdit } from "./useEdit";
import { WhatIfDialog } from "./WhatIfDialog";
import { useWhy } from "./why";

export function RowDialog({ row, onClose }: { row: Row; onClose: () => void }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const { people, needs, byPerson, editable } = useLookup();
  const [swapping, setSwapping] = useState(false);
  const [barring, setBarring] = useState(false);
  const edit = useEdit(onClose);
  // One dialog takes the place of another here: from the last of them back to the row.
  useFocusBack();
  const person = people.get(row.volunteer);
  const here = needs.get(row.need);
  if (!here) return null;
  if (swapping) return <CandidatesDialog opening={{ need: row.need, instead: row.volunteer }} onClose={onClose} />;
  if (barring) {
    const place = { need: row.need, volunteer: row.volunteer };
    const title = t("plan.if_barred", { name: person?.name ?? "" });
    return <WhatIfDialog title={title} question={{ kind: "bar", ...place }} barred={[place]} onClose={onClose} />;
  }
  const others = (byPerson.get(row.volunteer) ?? []).filter((other) => other.need !== row.need);
  const act = (action: "pin" | "unpin" | "remove") => edit.make(action, row.need, row.volunteer);
  return (
    <Dialog title={person?.name} onClose={onClose}>
      <div>
        <Text fw={600}>
          {here.session.title} {here.need.role}
        </Text>
        <Text c="dimmed">{dates.span(here.session.starts_at, here.session.ends_at)}</Text>
      </div>
      <div>
        <Text component="h3" fw={600}>
          {t("plan.why")}
        </Text>
        <ul className={styles.list}>
          {row.why.map((one) => (
            <li key={one.code}>{why(one)}</li>
          ))}
          {row.waived && <li>{say(t, "plan_waived", row.waived, {}, "plan.exception")}</li>}
        </ul>
      </div>
      {editable && !row.accepted && <NextBest row={row} />}
      <div>
        <Text component="h3" fw={600}>
          {t("plan.other_shifts", { n: others.length, history: person?.history ?? 0 })}
        </Text>
        <ul className={styles.list}>
          {others.map((other) => {
            const session = needs.get(other.need)?.session;
            return (
              session && (
                <li key={other.need}>
                  {dates.span(session.starts_at, session.ends_at)} {session.title}
                </li>
              )
            );
          })}
        </ul>
      </div>
      {edit.error && (
        <Text c="var(--empty)" role="alert">
          {edit.error}
        </Text>
      )}
      {editable && row.accepted && <Text c="dimmed">{t("plan.accepted_stays")}</Text>}
      {editable && !row.accepted && (
        <Group gap="sm">
          {!row.waived && (
            <Button
              variant="default"
              leftSection={<Icon name="pin" />}
              loading={edit.busy}
              onClick={() => act(row.pinned ? "unpin" : "pin")}
            >
              {row.pinned ? t("plan.unpin") : t("plan.pin")}
            </Button>
          )}
          <Button variant="default" leftSection={<Icon name="swap" />} onClick={() => setSwapping(true)}>
            {t("plan.swap")}
          </Button>
          <Button variant="default" leftSection={<Icon name="bar" />} onClick={() => setBarring(true)}>
            {t("plan.bar")}
          </Button>
          <Button variant="default" loading={edit.busy} onClick={() => act("remove")}>
            {t("plan.remove")}
          </Button>
        </Group>
      )}
    </Dialog>
  );
}
