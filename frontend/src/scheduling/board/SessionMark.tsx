/** What every picture of a session says: how it stands, who is on duty, how many come, and whether adults suffice. */
import { useText } from "@/i18n";
import { Icon, StateMark } from "@/ui";
import styles from "./board.module.css";
import { type BoardSession, lacksAdults } from "./types";

export function Standing({ session }: { session: BoardSession }) {
  return <StateMark state={session.state} missing={session.missing} />;
}

export function AdultsFlag({ session }: { session: BoardSession }) {
  const t = useText();
  if (!lacksAdults(session)) return null;
  return (
    <span className={styles.flag}>
      <Icon name="warning" size="1.1em" />
      {t("board.adults", { present: session.adults?.present ?? 0, required: session.adults?.required ?? 0 })}
    </span>
  );
}

export function Places({ session }: { session: BoardSession }) {
  const t = useText();
  if (session.places === null) return null;
  return (
    <span className={styles.places}>
      {session.waiting > 0
        ? t("board.places_waiting", { booked: session.booked, places: session.places, waiting: session.waiting })
        : t("board.places", { booked: session.booked, places: session.places })}
    </span>
  );
}

export function DutyWorker({ session }: { session: BoardSession }) {
  const t = useText();
  if (session.duty_worker) return <span>{session.duty_worker}</span>;
  return <span className={styles.nobody}>{t("board.no_worker")}</span>;
}
