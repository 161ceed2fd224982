import { memo, useEffect, useRef } from "react";
import { useDates } from "@/ui";
import styles from "./board.module.css";
import { NeedLines } from "./NeedLines";
import { AdultsFlag, DutyWorker, Places, Standing } from "./SessionMark";
import type { BoardSession } from "./types";
import type { Serving } from "./useServing";

interface Props {
  session: BoardSession;
  selected: boolean;
  /** One bar at a time is in the tab order; arrows lead to the others. */
  reachable: boolean;
  glowing: boolean;
  onOpen: (id: number) => void;
  style?: React.CSSProperties;
  serving?: Serving | undefined;
}

export const SessionBar = memo(function SessionBar(props: Props) {
  const { session, selected, reachable, glowing, onOpen, style, serving } = props;
  const dates = useDates();
  const bar = useRef<HTMLButtonElement>(null);
  // A link may lead to one that is out of sight: far down, or late in the day.
  useEffect(() => {
    if (selected) bar.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected]);
  return (
    <button
      ref={bar}
      type="button"
      className={`${styles.bar} ${glowing ? "glow" : ""}`}
      style={style}
      data-session={session.id}
      data-state={session.state}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onClick={() => onOpen(session.id)}
    >
      <span className={styles.time}>
        {dates.time(session.starts_at)}-{dates.time(session.ends_at)}
      </span>
      <span className={styles.title}>{session.title}</span>
      <span className={styles.facts}>
        <Standing session={session} />
        <Places session={session} />
      </span>
      <span className={styles.facts}>
        <DutyWorker session={session} />
        <AdultsFlag session={session} />
      </span>
      {serving && <NeedLines session={session} serving={serving} />}
    </button>
  );
});
