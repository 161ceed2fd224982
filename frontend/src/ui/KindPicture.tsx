/** What kind of session it is, at a glance: drawn in two inks; the name always stands beside it. */
import styles from "./SessionFacts.module.css";

const drawings: Record<string, React.ReactNode> = {
  /** An open book. */
  reading: (
    <>
      <path d="M24 15c-4-3-9-4-15-3v23c6-1 11 0 15 3 4-3 9-4 15-3V12c-6-1-11 0-15 3zM24 15v23" />
      <path d="M13 19c2 0 4 .5 6 1.5M13 25c2 0 4 .5 6 1.5" className="accent" />
    </>
  ),
  /** A snail: 蜗牛借书. */
  lending: (
    <>
      <path d="M7 37h28c4 0 6-3 6-7v-6M41 24l-3-5M41 24l4-4" />
      <circle cx="23" cy="25" r="12" />
      <path d="M16 25a7 7 0 0 1 14 0 5 5 0 0 1-5 5 3.5 3.5 0 0 1-3-4" className="accent" />
    </>
  ),
  /** A steaming bowl. */
  meal: (
    <>
      <path d="M7 25h34c0 8-5 14-12 14H19C12 39 7 33 7 25z" />
      <path d="M17 19c-3-3 3-5 0-9M25 19c-3-3 3-5 0-9M33 19c-3-3 3-5 0-9" className="accent" />
    </>
  ),
  /** A house with a heart in it. */
  visit: (
    <>
      <path d="M7 23 24 9l17 14M11 20v19h26V20" />
      <path d="M24 34c-4-3-7-5-7-8 0-4 5-5 7-1.5 2-3.5 7-2.5 7 1.5 0 3-3 5-7 8z" className="accent" />
    </>
  ),
  /** People around a table. */
  group: (
    <>
      <circle cx="24" cy="27" r="7" />
      <path
        d="M24 13a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M9 27a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M39 27a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M15 43a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M33 43a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7"
        className="accent"
      />
    </>
  ),
  /** Bunting over a stall. */
  event: (
    <>
      <path d="M9 41V22M39 41V22M6 31h36M13 31v7h22v-7" />
      <path d="M6 10c10 6 26 6 36 0M13 13.5l1 7 6-5M22 15l3 7 4-7.5M32 14l4 6.5 1-8" className="accent" />
    </>
  ),
};

export function KindPicture({ kind }: { kind: string }) {
  return (
    <svg
      aria-hidden="true"
      className={`${styles.picture} picture`}
      width="48"
      height="48"
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawings[kind] ?? drawings.event}
    </svg>
  );
}
