/** One child on a session's sheet: what to look out for, whether it is here, and with whom it goes. */
import { Button, Group } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, type SessionState, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import type { ChildHere } from "./types";
import { useRefreshChildren } from "./useChildren";

const LeaveDialog = lazy(() => import("./LeaveDialog"));
const HealthNote = lazy(() => import("./HealthNote"));

export function ChildRow({ child, over }: { child: ChildHere; over: boolean }) {
  const t = useText();
  const words = useErrorText();
  const onSettled = useRefreshChildren();
  const [leaving, leave] = useState(false);
  const [reading, read] = useState(false);
  const path = { params: { path: { booking_id: child.booking } } };
  const arrive = api.useMutation("post", "/api/attendance/children/{booking_id}/arrive", { onSettled });
  const takeBack = api.useMutation("post", "/api/attendance/children/{booking_id}/take-back", { onSettled });
  const error = arrive.error ?? takeBack.error;
  const { name } = child;
  const here = child.arrived_at && !child.left_at;
  return (
    <li className={styles.person}>
      <div className={rows.facts}>
        <span className={rows.name}>{name}</span>
        {child.no_photo && (
          <span className={styles.flag}>
            <Icon name="bar" /> {t("child.no_photo")}
          </span>
        )}
      </div>
      <div className={styles.standing}>
        <Standing child={child} />
        {child.has_note && (
          <Button
            variant="subtle"
            className={rows.quiet}
            leftSection={<Icon name="warning" />}
            aria-label={t("child.note_whose", { name })}
            onClick={() => read(true)}
          >
            {t("child.note")}
          </Button>
        )}
      </div>
      <Group gap="xs" className={styles.acts}>
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
          <Button variant="default" aria-label={t("child.leave_whom", { name })} onClick={() => leave(true)}>
            {t("child.leave")}
          </Button>
        )}
        {child.arrived_at && (
          <Button
            variant="subtle"
            aria-label={t("child.take_back_whom", { name })}
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate(path)}
          >
            {t("child.take_back")}
          </Button>
        )}
      </Group>
      {error && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      <Suspense>
        {leaving && <LeaveDialog child={child} onClose={() => leave(false)} />}
        {reading && <HealthNote child={child} onClose={() => read(false)} />}
      </Suspense>
    </li>
  );
}

function Standing({ child }: { child: ChildHere }) {
  const t = useText();
  const dates = useDates();
  const { arrived_at: came, left_at: left, went_with: name } = child;
  const [state, text] = ((): [SessionState, string] => {
    if (!came) return ["waiting", t("attend.is_awaited")];
    if (!left) return ["full", t("attend.is_here", { since: dates.time(came) })];
    const at = dates.time(left);
    return ["free", name ? t("child.went_with", { at, name }) : t("child.went_alone", { at })];
  })();
  return (
    <>
      <StateMark state={state}>{text}</StateMark>
      {left && name && !child.code_said && <span className={rows.soft}>{t("child.without_code")}</span>}
    </>
  );
}
