/** A site's part of the board, filled only while it is in sight or nearly: a district has 41 of them. */
import { useEffect, useRef, useState } from "react";
import type { SiteRows } from "./arrange";
import styles from "./board.module.css";

const canWatch = typeof IntersectionObserver !== "undefined";
/** How far beyond what is seen, so that scrolling meets filled sites. */
const AHEAD = "900px 0px";

interface Props {
  site: SiteRows;
  /** Roughly how high it will be, in rem, until it was seen once. */
  guess: number;
  /** The bar that the tab key leads to: its site stays filled. */
  reachable: number | undefined;
  children: () => React.ReactNode;
}

export function Nearby({ site, guess, reachable, children }: Props) {
  const section = useRef<HTMLElement>(null);
  const height = useRef(`${guess}rem`);
  const [near, setNear] = useState(!canWatch);
  useEffect(() => {
    const element = section.current;
    if (!element || !canWatch) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting && element.childElementCount > 0) height.current = `${element.offsetHeight}px`;
        setNear(entry.isIntersecting);
      },
      { root: element.closest("[data-view]"), rootMargin: AHEAD },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const filled = near || site.rows.some((row) => row.sessions.some((session) => session.id === reachable));
  return (
    <section
      ref={section}
      className={styles.site}
      aria-label={site.site.name}
      data-site={site.site.id}
      style={filled ? undefined : { height: height.current }}
    >
      {filled && children()}
    </section>
  );
}
