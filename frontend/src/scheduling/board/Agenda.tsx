/** A day as a list: what a phone shows, and what the social worker's pages are made of. */
import { useText } from "@/i18n";
import { EmptyState, useDates } from "@/ui";
import { inOrder } from "./arrange";
import styles from "./board.module.css";
import { AdultsFlag, DutyWorker, Places, Standing } from "./SessionMark";
import type { BoardSession, BoardSite } from "./types";

interface Props {
  sessions: BoardSession[];
  sites: BoardSite[];
  glowing: ReadonlySet<number>;
  unfilledFirst?: boolean;
  onOpen: (id: number) => void;
  /** What can be done about one at once, below its card. */
  actions?: (session: BoardSession) => React.ReactNode;
}

export function Agenda({ sessions, sites, glowing, unfilledFirst = false, onOpen, actions }: Props) {
  const t = useText();
  if (sessions.length === 0) return <EmptyState title={t("board.nothing_that_day")} />;
  const names = new Map(sites.map((site) => [site.id, site.name]));
  const rooms = new Map(sites.flatMap((site) => site.rooms.map((room) => [room.id, room.name])));
  return (
    <ul className={styles.agenda}>
      {inOrder(sessions, unfilledFirst).map((session) => (
        <li key={session.id}>
          <AgendaCard
            session={session}
            place={[names.get(session.hub), rooms.get(session.room ?? 0)].filter(Boolean).join(" ")}
            glowing={glowing.has(session.id)}
            onOpen={onOpen}
          />
          {actions?.(session)}
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  session: BoardSession;
  place: string;
  glowing: boolean;
  onOpen: (id: number) => void;
}

function AgendaCard({ session, place, glowing, onOpen }: CardProps) {
  const dates = useDates();
  return (
    <button
      type="button"
      className={`${styles.card} ${glowing ? "glow" : ""}`}
      data-session={session.id}
      data-state={session.state}
      onClick={() => onOpen(session.id)}
    >
      <span className={styles.facts}>
        <span className={styles.time}>
          {dates.time(session.starts_at)}-{dates.time(session.ends_at)}
        </span>
        <Standing session={session} />
      </span>
      <span className={styles.title}>{session.title}</span>
      <span className={styles.place}>{place}</span>
      <span className={styles.facts}>
        <DutyWorker session={session} />
        <Places session={session} />
        <AdultsFlag session={session} />
      </span>
    </button>
  );
}
