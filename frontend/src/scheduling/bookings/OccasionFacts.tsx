/** When, what, where: the same lines wherever a family meets a session. */
import { useText } from "@/i18n";
import { localDay, useDates } from "@/ui";
import styles from "./bookings.module.css";
import type { Occasion } from "./types";

interface Props {
  session: Occasion;
  /** "day" stands under its day's heading; "full" says the date and the address too. */
  as?: "day" | "row" | "full";
}

export function OccasionFacts({ session, as = "row" }: Props) {
  const t = useText();
  const full = as === "full";
  const place = [session.hub.name, session.room, full ? session.hub.address : ""].filter(Boolean);
  return (
    <div className={styles.facts} data-gone={session.cancelled || undefined}>
      <When session={session} as={as} />
      <span className={styles.what}>{session.program}</span>
      <span className={styles.soft}>{place.join(t("family.joiner"))}</span>
    </div>
  );
}

function When({ session: { starts_at: start, ends_at: end }, as }: Required<Props>) {
  const dates = useDates();
  const near = dates.near(start);
  const day = dates.day(start);
  if (localDay(start) !== localDay(end)) return <span className={styles.when}>{dates.nearSpan(start, end)}</span>;
  return (
    <>
      <span className={styles.when}>
        {as !== "day" && `${near} `}
        <span className={styles.hours}>
          {dates.time(start)}-{dates.time(end)}
        </span>
      </span>
      {as === "full" && near !== day && <span className={styles.soft}>{day}</span>}
    </>
  );
}
