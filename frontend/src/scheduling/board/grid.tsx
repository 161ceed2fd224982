import { useText } from "@/i18n";
import type { Row, SiteRows } from "./arrange";
import styles from "./board.module.css";
import { SessionBar } from "./SessionBar";
import type { BoardSession } from "./types";
import type { Serving } from "./useServing";

export interface BarProps {
  selected: number | undefined;
  reachable: number | undefined;
  glowing: ReadonlySet<number>;
  onOpen: (id: number) => void;
  /** Who serves, by need, where the needs are shown. */
  serving?: Serving | undefined;
}

export interface GridProps extends BarProps {
  sites: SiteRows[];
  today: string;
  unfilledFirst: boolean;
}

/** The left rail: the site on its first line, the room on each. */
export function RoomName({ site, row, first }: { site: SiteRows; row: Row; first: boolean }) {
  const t = useText();
  return (
    <div className={styles.rail} data-first={first}>
      {first && <h2 className={styles.siteName}>{site.site.name}</h2>}
      <span className={styles.roomName}>
        {row.room ? row.room.name : t("board.outside")}
        {row.room?.capacity ? ` ${t("board.capacity", { capacity: row.room.capacity })}` : ""}
      </span>
    </div>
  );
}

interface OneBar extends BarProps {
  session: BoardSession;
  style?: React.CSSProperties;
}

/** What of the board's state concerns this bar: a change elsewhere leaves it alone. */
export function Bar({ session, style, selected, reachable, glowing, onOpen, serving }: OneBar) {
  return (
    <SessionBar
      session={session}
      selected={selected === session.id}
      reachable={reachable === session.id}
      glowing={glowing.has(session.id)}
      onOpen={onOpen}
      style={style}
      serving={serving}
    />
  );
}
