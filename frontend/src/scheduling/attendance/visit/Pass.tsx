/** At the door and known: what this visit did, what it may do, or what there is to join. */
import { Button, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Skeleton, useDates, useErrorText } from "@/ui";
import styles from "../attendance.module.css";
import type { VisitShift } from "../types";
import { useNow } from "../useNow";
import { Join } from "./Join";

interface Props {
  refused: (error: unknown, retry: () => void) => React.ReactNode;
}

export function Pass({ refused }: Props) {
  const t = useText();
  const passed = useRef(false);
  const pass = api.useMutation("post", "/api/attendance/visit/pass", {});
  const leave = api.useMutation("post", "/api/attendance/visit/leave/{assignment_id}", {});
  const words = useErrorText();
  const { mutate } = pass;
  useEffect(() => {
    if (passed.current) return;
    passed.current = true;
    mutate({});
  }, [mutate]);
  if (pass.error) return refused(pass.error, () => mutate({}));
  const visit = leave.data ?? pass.data;
  if (!visit) return <Skeleton />;
  const { name, hub, shifts } = visit;
  return (
    <>
      <div>
        <Title order={1}>{t("visit.hello", { name })}</Title>
        <Text c="dimmed">{hub.name}</Text>
      </div>
      {shifts.map((shift) => (
        <Outcome
          key={shift.assignment}
          shift={shift}
          busy={leave.isPending}
          onLeave={() => leave.mutate({ params: { path: { assignment_id: shift.assignment } } })}
        />
      ))}
      {leave.error && (
        <Text role="alert" c="var(--empty)">
          {words(leave.error)}
        </Text>
      )}
      {shifts.length === 0 && (
        <>
          <EmptyState title={t("visit.no_place")}>{t("visit.no_place_hint")}</EmptyState>
          <Join onJoined={() => mutate({})} />
        </>
      )}
      {shifts.some((shift) => shift.signed_out_at) && (
        <Button component={Link} to="/hours" variant="default">
          {t("visit.hours")}
        </Button>
      )}
      <Button component={Link} to="/" variant="subtle">
        {t("visit.home")}
      </Button>
    </>
  );
}

interface OutcomeProps {
  shift: VisitShift;
  busy: boolean;
  onLeave: () => void;
}

function Outcome({ shift, busy, onLeave }: OutcomeProps) {
  const t = useText();
  const dates = useDates();
  const now = useNow();
  const over = now >= Date.parse(shift.ends_at);
  const inside = shift.signed_in_at && !shift.signed_out_at;
  return (
    <section className={styles.outcome} data-done={shift.done || undefined} aria-live="polite">
      <p className={styles.said}>
        {shift.done && <Icon name="check" size="1em" />} <Said shift={shift} over={over} />
      </p>
      <p>
        {t("visit.shift", {
          when: `${dates.time(shift.starts_at)}-${dates.time(shift.ends_at)}`,
          program: shift.program,
          role: shift.role,
        })}
        {shift.room && (
          <>
            <br />
            {shift.room}
          </>
        )}
      </p>
      {inside && <Text c="dimmed">{t("visit.out_later")}</Text>}
      {inside && shift.done !== "in" && (
        <Button variant="default" loading={busy} onClick={onLeave}>
          {t(over ? "visit.leave_now" : "visit.leave_early")}
        </Button>
      )}
    </section>
  );
}

const EARLIEST = 30 * 60_000;

function Said({ shift, over }: { shift: VisitShift; over: boolean }) {
  const t = useText();
  const dates = useDates();
  const { signed_in_at: came, signed_out_at: went, starts_at: starts } = shift;
  if (went) return t(shift.done === "out" ? "visit.out_done" : "visit.out_already", { time: dates.time(went) });
  if (came) return t(shift.done === "in" ? "visit.in_done" : "visit.in_already", { time: dates.time(came) });
  if (over) return t("visit.missed_it");
  return t("visit.too_early", {
    start: dates.time(starts),
    from: dates.time(new Date(Date.parse(starts) - EARLIEST)),
  });
}
