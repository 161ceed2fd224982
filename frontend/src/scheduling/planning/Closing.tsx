/** Best and bound over time: two lines that close on each other; what lies between is what may still be gained. */
import { useText } from "@/i18n";
import styles from "./planning.module.css";
import type { Run } from "./types";

const WIDTH = 640;
const HEIGHT = 200;
const PAD = 8;

type Point = [number, number];

const path = (points: Point[]) =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Each value holds until the next is found. */
function steps(points: Point[], end: number): Point[] {
  const found: Point[] = [];
  for (const [x, y] of points) {
    const last = found.at(-1);
    if (last) found.push([x, last[1]]);
    found.push([x, y]);
  }
  const last = found.at(-1);
  return last ? [...found, [end, last[1]]] : [];
}

export function Closing({ progress, seconds }: { progress: Run["progress"]; seconds: number }) {
  const t = useText();
  const bounds = progress.flatMap(({ seconds, bound }): Point[] => (bound === null ? [] : [[seconds, bound]]));
  const bests = progress.map(({ seconds, objective }): Point => [seconds, objective]);
  const last = bests.at(-1);
  if (!last) return <div className={styles.chart} aria-hidden="true" />;
  const fall = Math.max(1, Math.max(...bests.map(([, best]) => best)) - last[1]);
  const low = Math.min(bounds.at(-1)?.[1] ?? last[1] - fall, last[1]);
  // The first seconds fall from so high that the rest would be flat: they may leave the picture at the top.
  const span = Math.max(1, (last[1] - low) * 2.5, (Math.max(...bests.map(([, best]) => best)) - low) * 0.35);
  const x = (second: number) => PAD + (Math.min(second, seconds) / seconds) * (WIDTH - 2 * PAD);
  const y = (value: number) =>
    HEIGHT - PAD - Math.min(1, Math.max(0, (value - low + span * 0.1) / (span * 1.1))) * (HEIGHT - 2 * PAD);
  const place = ([second, value]: Point): Point => [x(second), y(value)];
  const now = x(last[0]);
  const best = steps(bests.map(place), now);
  const bound = steps(bounds.map(place), now);
  const from = bound[0]?.[0] ?? now;
  const above = best.filter(([at]) => at >= from);
  const start = best.filter(([at]) => at < from).at(-1);
  if (start) above.unshift([from, start[1]]);
  const between = bound.length > 0 ? `${path(above)}${path([...bound].reverse()).replace("M", "L")}Z` : "";
  return (
    <figure className={styles.chart}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("plan.chart")} preserveAspectRatio="none">
        <path className={styles.between} d={between} />
        <path className={styles.best} d={path(best)} vectorEffect="non-scaling-stroke" />
        <path className={styles.bound} d={path(bound)} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className={styles.legend}>
        <span>
          <svg width="28" height="8" aria-hidden="true">
            <path className={styles.best} d="M0 4H28" />
          </svg>
          {t("plan.best")}
        </span>
        <span>
          <svg width="28" height="8" aria-hidden="true">
            <path className={styles.bound} d="M0 4H28" />
          </svg>
          {t("plan.bound")}
        </span>
      </figcaption>
    </figure>
  );
}
