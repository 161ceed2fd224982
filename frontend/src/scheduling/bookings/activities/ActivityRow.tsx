/** One session to join: places left, how each child fits, and one button for all who are ticked. */
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, SessionFacts, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../bookings.module.css";
import { givenName } from "../names";
import type { Activity, Child } from "../types";
import { useRefreshFamily } from "../useFamily";
import { useWhyNot } from "../useWhyNot";

export function ActivityRow({ activity, family }: { activity: Activity; family: Child[] }) {
  const t = useText();
  const names = new Map(family.map((child) => [child.id, givenName(child.name)]));
  const fitting = activity.fits.filter((fit) => fit.state === "fits").map((fit) => fit.child);
  return (
    <li className={rows.row}>
      <SessionFacts session={activity.session} what={activity.session.program} as="day" />
      <span className={rows.told}>
        <PlacesLeft activity={activity} />
        <Ages activity={activity} />
      </span>
      <ul className={styles.fits} aria-label={t("activities.fits")}>
        {activity.fits
          .filter((fit) => fit.state !== "fits")
          .map((fit) => (
            <Standing key={fit.child} fit={fit} name={names.get(fit.child) ?? ""} />
          ))}
      </ul>
      {fitting.length > 0 && <Book activity={activity} fitting={fitting} names={names} />}
    </li>
  );
}

function PlacesLeft({ activity: { left, waiting } }: { activity: Activity }) {
  const t = useText();
  return (
    <StateMark state={left > 0 ? "free" : "waiting"}>
      {left > 0 ? t("activities.left", { left }) : t("activities.no_place", { waiting })}
    </StateMark>
  );
}

function Ages({ activity: { age_min: least, age_max: most } }: { activity: Activity }) {
  const t = useText();
  if (least === null && most === null) return null;
  const words =
    most === null
      ? t("activities.ages_from", { least: least ?? 0 })
      : least === null
        ? t("activities.ages_to", { most })
        : t("activities.ages", { least, most });
  return <span className={rows.soft}>{words}</span>;
}

function Standing({ fit, name }: { fit: Activity["fits"][number]; name: string }) {
  const t = useText();
  const why = useWhyNot();
  if (fit.state === "unfit") {
    const reason = fit.reasons[0];
    return (
      <li className={rows.reason}>
        <Icon name="info" /> {t("activities.child_why", { name, why: reason ? why(reason.code, reason.facts) : "" })}
      </li>
    );
  }
  const booked = fit.state === "booked";
  return (
    <li>
      <StateMark state={booked ? "full" : "waiting"}>
        {booked ? t("activities.child_booked", { name }) : t("activities.child_waiting", { name })}
      </StateMark>
    </li>
  );
}

interface BookProps {
  activity: Activity;
  fitting: number[];
  names: Map<number, string>;
}

/** All who fit are ticked to begin with: two siblings are one tap. */
function Book({ activity, fitting, names }: BookProps) {
  const t = useText();
  const why = useWhyNot();
  const refresh = useRefreshFamily();
  const [left_out, leaveOut] = useState<number[]>([]);
  const chosen = fitting.filter((child) => !left_out.includes(child));
  const said = (children: number[]) => children.map((child) => names.get(child) ?? "").join(t("ui.joiner"));
  const book = api.useMutation("post", "/api/activities/{session_id}/book", {
    onSuccess: (rows) => {
      const of = (state: string) => rows.filter((row) => row.state === state).map((row) => row.child ?? 0);
      const booked = of("booked");
      const waiting = of("waiting");
      if (booked.length > 0) notifyDone(t("activities.done", { names: said(booked) }));
      if (waiting.length > 0) notifyDone(t("activities.now_waiting", { names: said(waiting) }));
    },
    onSettled: refresh,
  });
  const error: unknown = book.error;
  const verb =
    activity.left > 0 ? t("activities.book", { names: said(chosen) }) : t("activities.wait", { names: said(chosen) });
  return (
    <div className={styles.book}>
      {fitting.length > 1 && (
        <div className={styles.who}>
          {fitting.map((child) => (
            <Checkbox
              key={child}
              label={names.get(child)}
              checked={!left_out.includes(child)}
              onChange={({ currentTarget: { checked } }) =>
                leaveOut((before) => (checked ? before.filter((one) => one !== child) : [...before, child]))
              }
            />
          ))}
        </div>
      )}
      {activity.left > 0 && activity.left < chosen.length && (
        <span className={rows.reason}>
          <Icon name="info" />{" "}
          {t("activities.part_waits", {
            left: activity.left,
            booked: said(chosen.slice(0, activity.left)),
            waiting: said(chosen.slice(activity.left)),
          })}
        </span>
      )}
      <Button
        variant={activity.left > 0 ? "outline" : "default"}
        disabled={chosen.length === 0}
        loading={book.isPending}
        onClick={() =>
          book.mutate({ params: { path: { session_id: activity.session.id } }, body: { children: chosen } })
        }
      >
        {verb}
      </Button>
      {error !== null && (
        <span role="alert" className={rows.reason}>
          <Icon name="warning" /> {why.of(error)}
        </span>
      )}
    </div>
  );
}
