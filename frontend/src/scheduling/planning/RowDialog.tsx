/** A place in full: every reason, the person's other shifts, and what one can do by hand. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, Skeleton, say, useDates, useFocusBack } from "@/ui";
import { CandidatesDialog } from "./CandidatesDialog";
import { Dialog } from "./Dialog";
import { NextBest } from "./NextBest";
import styles from "./planning.module.css";
import type { Row, Shift } from "./types";
import { useEdit } from "./useEdit";
import { useProposal } from "./useProposal";
import { WhatIfDialog } from "./WhatIfDialog";
import { useWhy } from "./why";

interface Props {
  row: Row;
  shift: Shift;
  onClose: () => void;
}

export function RowDialog({ row, shift, onClose }: Props) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const editable = useProposal().editable && !row.published;
  const [swapping, setSwapping] = useState(false);
  const [barring, setBarring] = useState(false);
  const edit = useEdit(onClose);
  // One dialog takes the place of another here: from the last of them back to the row.
  useFocusBack();
  if (swapping) return <CandidatesDialog opening={{ shift, instead: row }} onClose={onClose} />;
  if (barring) {
    const place = { need: shift.need, volunteer: row.volunteer };
    const title = t("plan.if_barred", { name: row.name });
    return <WhatIfDialog title={title} question={{ kind: "bar", ...place }} barred={[place]} onClose={onClose} />;
  }
  const act = (action: "pin" | "unpin" | "remove") => edit.make(action, shift.need, row.volunteer);
  return (
    <Dialog title={row.name} onClose={onClose}>
      <div>
        <Text fw={600}>
          {shift.title} {shift.role}
        </Text>
        <Text c="dimmed">{dates.span(shift.starts_at, shift.ends_at)}</Text>
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
      {editable && !row.accepted && <NextBest row={row} need={shift.need} />}
      <OtherShifts row={row} need={shift.need} />
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

function OtherShifts({ row, need }: { row: Row; need: number }) {
  const t = useText();
  const dates = useDates();
  const { run } = useProposal();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/people",
    { params: { path: { run_id: run.id }, query: { only: [row.volunteer] } } },
    { meta: { live: ["proposal", "run"] } },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={2} />}>
      {({ people }) => {
        const others = people.flatMap(({ rows }) => rows).filter(({ shift }) => shift.need !== need);
        return (
          <div>
            <Text component="h3" fw={600}>
              {t("plan.other_shifts", { n: others.length, history: people[0]?.history ?? 0 })}
            </Text>
            <ul className={styles.list}>
              {others.map(({ shift }) => (
                <li key={shift.need}>
                  {dates.span(shift.starts_at, shift.ends_at)} {shift.title}
                </li>
              ))}
            </ul>
          </div>
        );
      }}
    </Loaded>
  );
}
