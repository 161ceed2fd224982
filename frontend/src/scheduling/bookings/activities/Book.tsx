/** One button for all children who are ticked; what can be chosen stands before it. */
import { Button, Checkbox, Radio } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../bookings.module.css";
import type { Activity } from "../types";
import { useRefreshFamily } from "../useFamily";
import { useWhyNot } from "../useWhyNot";

interface Props {
  activity: Activity;
  fitting: number[];
  names: Map<number, string>;
}

const WEEKS = 8;
const WEEK = 7 * 86_400_000;

const weeksAfter = (first: Activity, startsAt: string): number =>
  Math.round((Date.parse(startsAt) - Date.parse(first.session.starts_at)) / WEEK);

/** All who fit are ticked to begin with: two siblings are one tap. */
export function Book({ activity, fitting, names }: Props) {
  const t = useText();
  const why = useWhyNot();
  const refresh = useRefreshFamily();
  const [leftOut, leaveOut] = useState<number[]>([]);
  const [together, setTogether] = useState(false);
  const [weekly, setWeekly] = useState(false);
  const chosen = fitting.filter((child) => !leftOut.includes(child));
  const said = (children: number[]) => children.map((child) => names.get(child) ?? "").join(t("ui.joiner"));
  const path = { params: { path: { session_id: activity.session.id } } };
  const book = api.useMutation("post", "/api/activities/{session_id}/book", {
    onSuccess: (found) => {
      const of = (state: string) => found.filter((row) => row.state === state).map((row) => row.child ?? 0);
      const booked = of("booked");
      const waiting = of("waiting");
      if (booked.length > 0) notifyDone(t("activities.done", { names: said(booked) }));
      if (waiting.length > 0) notifyDone(t("activities.now_waiting", { names: said(waiting) }));
    },
    onSettled: refresh,
  });
  const series = api.useMutation("post", "/api/activities/{session_id}/book-series", {
    onSuccess: (found) => {
      const having = (state: string) => found.filter((one) => one.bookings.some((row) => row.state === state)).length;
      const facts = { booked: having("booked"), waiting: having("waiting") };
      const refused = found.filter((one) => one.refused).length;
      const all = found.some((one) => weeksAfter(activity, one.starts_at) === WEEKS - 1);
      notifyDone(t("activities.series_done", { names: said(chosen), ...facts, refused, later: all ? 0 : 1 }));
    },
    onSettled: refresh,
  });
  const short = activity.left > 0 && activity.left < chosen.length;
  const waits = activity.left === 0 || (short && together);
  const wish = { children: chosen, all_or_none: together && chosen.length > 1 };
  const error: unknown = book.error ?? series.error;
  const verb = weekly ? "activities.book_weekly" : waits ? "activities.wait" : "activities.book";
  return (
    <div className={styles.book}>
      {fitting.length > 1 && (
        <div className={styles.who}>
          {fitting.map((child) => (
            <Checkbox
              key={child}
              label={names.get(child)}
              checked={!leftOut.includes(child)}
              onChange={({ currentTarget: { checked } }) =>
                leaveOut((before) => (checked ? before.filter((one) => one !== child) : [...before, child]))
              }
            />
          ))}
        </div>
      )}
      {chosen.length > 1 && activity.left < chosen.length && (
        <Radio.Group
          value={together ? "all" : "fit"}
          onChange={(value) => setTogether(value === "all")}
          label={t("activities.short", { left: activity.left })}
        >
          <div className={styles.wish}>
            <Radio value="fit" label={t("activities.choose_fit", { left: activity.left })} />
            <Radio value="all" label={t("activities.choose_all", { names: said(chosen) })} />
          </div>
        </Radio.Group>
      )}
      <div className={styles.wish}>
        <Checkbox
          label={t("activities.weekly")}
          checked={weekly}
          onChange={({ currentTarget: { checked } }) => setWeekly(checked)}
        />
      </div>
      <Button
        variant={waits ? "default" : "outline"}
        disabled={chosen.length === 0}
        loading={book.isPending || series.isPending}
        onClick={() =>
          weekly ? series.mutate({ ...path, body: wish }) : book.mutate({ ...path, body: { ...wish, wait: true } })
        }
      >
        {t(verb, { names: said(chosen) })}
      </Button>
      {error !== null && (
        <span role="alert" className={rows.reason}>
          <Icon name="warning" /> {why.of(error)}
        </span>
      )}
    </div>
  );
}
