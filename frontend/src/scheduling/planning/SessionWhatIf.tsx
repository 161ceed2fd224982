/** A session that might not take place, or at another time: what that would mean. Doing so is the session's own page. */
import { Anchor, Button, Group, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { localDay, momentOf, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import { OutcomeView } from "./OutcomeView";
import styles from "./planning.module.css";
import type { PlannedSession, Question } from "./types";
import { useProposal } from "./useProposal";
import { Answer } from "./WhatIfDialog";

export function SessionWhatIf({ session, onClose }: { session: PlannedSession; onClose: () => void }) {
  const t = useText();
  const dates = useDates();
  const { run } = useProposal();
  const [kind, setKind] = useState<"drop" | "move">("drop");
  const [when, setWhen] = useState({
    day: localDay(session.starts_at),
    from: dates.time(session.starts_at),
    to: dates.time(session.ends_at),
  });
  const [question, setQuestion] = useState<Question>();
  const change = (part: Partial<typeof when>) => {
    setWhen({ ...when, ...part });
    setQuestion(undefined);
  };
  const possible = kind === "drop" || (when.day !== "" && when.from !== "" && when.to > when.from);
  const ask = () =>
    setQuestion(
      kind === "drop"
        ? { kind, session: session.id }
        : {
            kind,
            session: session.id,
            starts_at: momentOf(when.day, when.from),
            ends_at: momentOf(when.day, when.to),
          },
    );
  return (
    <Dialog title={t("plan.try")} onClose={onClose}>
      <div>
        <Text fw={600}>{session.title}</Text>
        <Text c="dimmed">{dates.span(session.starts_at, session.ends_at)}</Text>
      </div>
      <SegmentedControl
        fullWidth
        value={kind}
        onChange={(value) => {
          setKind(value as typeof kind);
          setQuestion(undefined);
        }}
        aria-label={t("plan.try")}
        data={[
          { value: "drop", label: t("plan.if_dropped") },
          { value: "move", label: t("plan.if_moved") },
        ]}
      />
      {kind === "move" && (
        <div className={styles.when}>
          <TextInput
            type="date"
            label={t("plan.day")}
            value={when.day}
            onChange={(event) => change({ day: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t("plan.from")}
            value={when.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t("plan.to")}
            value={when.to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
        </div>
      )}
      {question ? (
        <Answer question={question}>
          {(answer) => <OutcomeView outcome={answer} moved={question.kind === "move" ? question : undefined} />}
        </Answer>
      ) : (
        <Group justify="flex-end">
          <Button disabled={!possible} onClick={ask}>
            {t("plan.see")}
          </Button>
        </Group>
      )}
      <Anchor component={Link} to={`/week?week=${run.week}&session=${session.id}`}>
        {t("plan.do_at_session")}
      </Anchor>
    </Dialog>
  );
}
