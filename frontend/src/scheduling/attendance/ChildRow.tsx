/** One child on a session's sheet: what to look out for, whether it is here, and with whom it goes. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, type SessionState, StateMark, say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { Row } from "./Row";
import type { ChildHere, DoorSession } from "./types";
import { useRefreshChildren } from "./useChildren";

const LeaveDialog = lazy(() => import("./LeaveDialog"));
const HealthNote = lazy(() => import("./HealthNote"));
const ChildTimes = lazy(() => import("./ChildTimes"));

interface Props {
  child: ChildHere;
  session: DoorSession;
  over: boolean;
}

export function ChildRow({ child, session, over }: Props) {
  const t = useText();
  const onSettled = useRefreshChildren();
  const [opened, open] = useState<"leave" | "note" | "times">();
  const close = () => open(undefined);
  const path = { params: { path: { booking_id: child.booking } } };
  const arrive = api.useMutation("post", "/api/attendance/children/{booking_id}/arrive", { onSettled });
  const takeBack = api.useMutation("post", "/api/attendance/children/{booking_id}/take-back", { onSettled });
  const { name } = child;
  const here = child.arrived_at && !child.left_at;
  return (
    <Row
      name={name}
      about={
        child.no_photo && (
          <span className={styles.flag}>
            <Icon name="bar" /> {t("child.no_photo")}
          </span>
        )
      }
      standing={
        <>
          <Standing child={child} />
          {child.has_note && (
            <Button
              variant="subtle"
              className={rows.quiet}
              leftSection={<Icon name="warning" />}
              aria-label={t("child.note_whose", { name })}
              onClick={() => open("note")}
            >
              {t("child.note")}
            </Button>
          )}
        </>
      }
      acts={
        <>
          {!child.arrived_at && !over && (
            <Button
              variant="default"
              aria-label={t("child.arrive_whom", { name })}
              loading={arrive.isPending}
              onClick={() => arrive.mutate(path)}
            >
              {t("child.arrive")}
            </Button>
          )}
          {here && (
            <Button variant="default" aria-label={t("child.leave_whom", { name })} onClick={() => open("leave")}>
              {t("child.leave")}
            </Button>
          )}
          {over ? (
            <Button variant="subtle" aria-label={t("attend.times_whom", { name })} onClick={() => open("times")}>
              {t("attend.times")}
            </Button>
          ) : (
            child.arrived_at && (
              <Button
                variant="subtle"
                aria-label={t("child.take_back_whom", { name })}
                loading={takeBack.isPending}
                onClick={() => takeBack.mutate(path)}
              >
                {t("child.take_back")}
              </Button>
            )
          )}
        </>
      }
      error={arrive.error ?? takeBack.error}
    >
      <Suspense>
        {opened === "leave" && <LeaveDialog child={child} onClose={close} />}
        {opened === "note" && <HealthNote child={child} onClose={close} />}
        {opened === "times" && <ChildTimes child={child} session={session} onClose={close} />}
      </Suspense>
    </Row>
  );
}

function Standing({ child }: { child: ChildHere }) {
  const t = useText();
  const dates = useDates();
  const { arrived_at: came, left_at: left, went_with: name, doubt } = child;
  const [state, text] = ((): [SessionState, string] => {
    if (!came) return ["waiting", t("attend.is_awaited")];
    if (!left) return ["full", t("attend.is_here", { since: dates.time(came) })];
    const times = { since: dates.time(came), at: dates.time(left) };
    if (name) return ["free", t("child.went_with", { ...times, name })];
    return ["free", doubt ? t("child.went_unclear", times) : t("child.went_alone", times)];
  })();
  // Guardians have none.
  const hasCode = child.fetching.find((one) => one.person === child.fetched_by)?.has_code;
  const remarks = [
    left && child.by && hasCode && !child.code_said && t("child.without_code"),
    left && !child.by && name && !child.code_said && t("child.by_card"),
    child.by && t("child.by", { name: child.by }),
    child.wrong_codes > 0 && t("child.wrong_codes", { count: child.wrong_codes }),
  ].filter(Boolean);
  return (
    <>
      <StateMark state={state}>{text}</StateMark>
      {remarks.length > 0 && <span className={rows.soft}>{remarks.join(t("ui.joiner"))}</span>}
      {doubt && <span className={styles.doubt}>{say(t, "doubt", doubt)}</span>}
    </>
  );
}
