/** One person on a sign-in sheet: how they stand, what staff may note, what does not fit together. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { type SessionState, StateMark, say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { Row } from "./Row";
import type { Awaited, DoorSession } from "./types";
import { useRefreshDay } from "./useDay";

const PersonTimes = lazy(() => import("./PersonTimes"));
const MINUTE = 60_000;
/** Neither late nor early: nobody's watch is exact. */
const GRACE = 10;

interface Props {
  person: Awaited;
  session: DoorSession;
  over: boolean;
}

export function PersonRow({ person, session, over }: Props) {
  const t = useText();
  const onSettled = useRefreshDay();
  const [changing, change] = useState(false);
  const path = { params: { path: { assignment_id: person.assignment } } };
  const enter = api.useMutation("post", "/api/attendance/places/{assignment_id}/in", { onSettled });
  const leave = api.useMutation("post", "/api/attendance/places/{assignment_id}/out", { onSettled });
  const miss = api.useMutation("post", "/api/attendance/places/{assignment_id}/missed", { onSettled });
  const { name } = person;
  const here = person.signed_in_at && !person.signed_out_at;
  return (
    <Row
      name={name}
      about={<span className={rows.soft}>{person.role}</span>}
      standing={
        <>
          <Standing person={person} />
          <Remarks person={person} session={session} />
        </>
      }
      acts={
        <>
          {!person.signed_in_at && !over && (
            <Button
              variant="default"
              aria-label={t("attend.in_whom", { name })}
              loading={enter.isPending}
              onClick={() => enter.mutate(path)}
            >
              {t("attend.in")}
            </Button>
          )}
          {here && (
            <Button
              variant="default"
              aria-label={t("attend.out_whom", { name })}
              loading={leave.isPending}
              onClick={() => leave.mutate(path)}
            >
              {t("attend.out")}
            </Button>
          )}
          {over && !person.signed_in_at && !person.missed && (
            <Button
              variant="default"
              aria-label={t("attend.missed_whom", { name })}
              loading={miss.isPending}
              onClick={() => miss.mutate(path)}
            >
              {t("attend.note_missed")}
            </Button>
          )}
          <Button variant="subtle" aria-label={t("attend.times_whom", { name })} onClick={() => change(true)}>
            {t("attend.times")}
          </Button>
        </>
      }
      error={enter.error ?? leave.error ?? miss.error}
    >
      <Suspense>{changing && <PersonTimes person={person} session={session} onClose={() => change(false)} />}</Suspense>
    </Row>
  );
}

function Standing({ person }: { person: Awaited }) {
  const t = useText();
  const dates = useDates();
  const [state, text] = ((): [SessionState, string] => {
    if (person.missed) return ["cancelled", t("attend.is_missed")];
    if (!person.signed_in_at) return ["waiting", t("attend.is_awaited")];
    const since = dates.time(person.signed_in_at);
    if (!person.signed_out_at) return ["full", t("attend.is_here", { since })];
    return ["free", t("attend.is_gone", { since, until: dates.time(person.signed_out_at) })];
  })();
  return <StateMark state={state}>{text}</StateMark>;
}

/** Late and early are figures, nothing more. */
function Remarks({ person, session }: Pick<Props, "person" | "session">) {
  const t = useText();
  const late = minutes(session.starts_at, person.signed_in_at);
  const early = person.how_out === "assumed" ? 0 : minutes(person.signed_out_at, session.ends_at);
  const remarks = [
    late > GRACE && t("attend.late", { minutes: late }),
    early > GRACE && t("attend.early", { minutes: early }),
    person.how_out === "assumed" && t("attend.assumed"),
    person.by && t("attend.by", { name: person.by }),
  ].filter(Boolean);
  return (
    <>
      {remarks.length > 0 && <span className={rows.soft}>{remarks.join(t("ui.joiner"))}</span>}
      {person.doubts.map((code) => (
        <span key={code} className={styles.doubt}>
          {say(t, "doubt", code)}
        </span>
      ))}
    </>
  );
}

const minutes = (from: string | null, until: string | null): number =>
  from && until ? Math.floor((Date.parse(until) - Date.parse(from)) / MINUTE) : 0;
