/** Who asked for a place in a role: requests to answer, wishes for the plan, and the line in its order. */
import { Button, Group, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import styles from "./board.module.css";
import { Call } from "./PlacePerson";
import { Refuse } from "./Refuse";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";
import { useWhyNotThem } from "./whyThem";

type One = SessionPanel["wanting"][number];

export function Wanting({ need, session }: { need: number; session: SessionPanel }) {
  const t = useText();
  const all = session.wanting.filter((one) => one.need === need);
  if (all.length === 0) return null;
  const waiting = all.filter((one) => one.state === "waiting");
  return (
    <>
      <Text size="sm" mt="xs" c="dimmed">
        {t("board.wanting", { n: all.length })}
      </Text>
      <ul className={styles.people}>
        {all.map((one) => (
          <Row key={one.assignment} one={one} turn={waiting.indexOf(one) + 1} session={session} />
        ))}
      </ul>
    </>
  );
}

function Row({ one, turn, session }: { one: One; turn: number; session: SessionPanel }) {
  const t = useText();
  const dates = useDates();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session.id);
  const [refusing, setRefusing] = useState(false);
  const path = { params: { path: { assignment_id: one.assignment } } };
  const approve = api.useMutation("post", "/api/assignments/{assignment_id}/approve", { onSuccess: refresh });
  const called = api.useMutation("post", "/api/assignments/{assignment_id}/called", { onSuccess: refresh });
  const until = one.answer_by ? `${dates.near(one.answer_by)} ${dates.time(one.answer_by)}` : "";
  const acts = session.editable && session.state !== "cancelled";
  const asks = one.state === "requested" || one.state === "wished";
  const error: unknown = approve.error ?? called.error;
  return (
    <li>
      <span>
        {one.name}{" "}
        <Text component="span" size="sm" c="dimmed">
          {t(`board.wants.${one.state}`, { turn, until })}
          {one.party !== null && t("board.wants.together")}
        </Text>
      </span>
      <Call name={one.name} phone={one.phone} />
      {acts && (
        <Group gap="xs" className={styles.acts}>
          {asks && (
            <Button
              variant={one.state === "requested" ? "outline" : "default"}
              onClick={() => approve.mutate(path)}
              loading={approve.isPending}
            >
              {t("board.approve")}
              <VisuallyHidden>{one.name}</VisuallyHidden>
            </Button>
          )}
          {asks && (
            <Button variant="default" onClick={() => setRefusing(true)}>
              {t("board.refuse")}
              <VisuallyHidden>{one.name}</VisuallyHidden>
            </Button>
          )}
          {one.state === "offered" && (
            <Button
              variant="default"
              onClick={() => called.mutate({ ...path, body: { coming: true, reason: "" } })}
              loading={called.isPending}
            >
              {t("board.comes")}
              <VisuallyHidden>{one.name}</VisuallyHidden>
            </Button>
          )}
          {!asks && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => called.mutate({ ...path, body: { coming: false, reason: "" } })}
              disabled={called.isPending}
            >
              {t(one.state === "waiting" ? "board.waits_no_more" : "board.cannot")}
              <VisuallyHidden>{one.name}</VisuallyHidden>
            </Button>
          )}
        </Group>
      )}
      {error !== null && (
        <Text role="alert" size="sm" c="var(--empty)">
          {whyNot(error)}
        </Text>
      )}
      {refusing && <Refuse asked={one} session={session.id} onClose={() => setRefusing(false)} />}
    </li>
  );
}
