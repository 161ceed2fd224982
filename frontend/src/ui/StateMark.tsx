/** How a session stands, by shape, word and color together. */
import { useText } from "@/i18n";
import styles from "./StateMark.module.css";

export type SessionState = "full" | "short" | "empty" | "cancelled" | "waiting" | "free" | "standby";

const shapes: Record<SessionState, React.ReactNode> = {
  full: <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />,
  short: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" stroke="none" />
    </>
  ),
  empty: <circle cx="8" cy="8" r="6" />,
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M3.8 12.2 12.2 3.8" />
    </>
  ),
  waiting: <circle cx="8" cy="8" r="6" strokeDasharray="2.6 2.1" />,
  free: <circle cx="8" cy="8" r="6" />,
  standby: (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
};

/** What a session with so many places taken is called; one that needs nobody is full. */
export function stateOf(taken: number, wanted: number): SessionState {
  if (taken >= wanted) return "full";
  return taken === 0 ? "empty" : "short";
}

export function StateShape({ state }: { state: SessionState }) {
  return (
    <svg
      className={styles.shape}
      data-state={state}
      aria-hidden="true"
      width="1em"
      height="1em"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      {shapes[state]}
    </svg>
  );
}

interface MarkProps {
  state: SessionState;
  missing?: number;
  /** Other words than a session's own: how a person stands with it. */
  children?: React.ReactNode;
}

export function StateMark({ state, missing = 0, children }: MarkProps) {
  const t = useText();
  const words: Record<SessionState, string> = {
    full: t("state.full"),
    short: t("state.short", { missing }),
    empty: t("state.empty"),
    cancelled: t("state.cancelled"),
    waiting: t("state.waiting"),
    free: t("state.free"),
    standby: t("state.standby"),
  };
  return (
    <span className={styles.mark} data-state={state} data-own={children !== undefined || undefined}>
      <StateShape state={state} />
      <span className={styles.word}>{children ?? words[state]}</span>
    </span>
  );
}
