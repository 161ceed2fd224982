/** One session to join: places left, how each child fits, and one button for all who are ticked. */
import { useText } from "@/i18n";
import { Icon, SessionFacts, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../bookings.module.css";
import { givenName } from "../names";
import type { Activity, Child } from "../types";
import { useWhyNot } from "../useWhyNot";
import { Book } from "./Book";

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
  const marks = { booked: "full", offered: "short", waiting: "waiting" } as const;
  return (
    <li>
      <StateMark state={marks[fit.state as keyof typeof marks]}>
        {t(`activities.child_${fit.state}`, { name })}
      </StateMark>
    </li>
  );
}
