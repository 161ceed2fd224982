/** The snail's map of Qijiang, drawn: hills, the river, towns, and the way so far. It says all in gray, too. */
import { useText } from "@/i18n";
import type { Snail } from "../types";
import styles from "./snail.module.css";
import { towns, wayThrough } from "./towns";
import { useTownName } from "./useTownName";

const BORDER =
  "M316 18c40-8 74 4 108 30 44 4 78 22 84 58 4 40-22 62-30 88 14 34 10 70-18 84-34 16-64 8-78 34-8 22 10 40 10 62 " +
  "0 20 30 38 36 70 8 42-12 66-18 98-6 36-2 70-22 98-24 32-62 32-84 62-26 28-78 34-96 6-16-26-4-52 6-78-10-30-46-24-72-44" +
  "-32-26-36-66-30-96-26-16-62-34-84-66-24-34-24-76-12-108 12-34 42-52 74-46 34 6 52-14 60-44 8-30 2-58 22-84 18-24 32-66 " +
  "64-88 22-16 46-28 80-36Z";
/** The Qi river comes from the south, past the seat of the district, and leaves in the north. */
const RIVER =
  "M286 740c10-34 48-60 54-104 6-40-4-70-6-104-4-44-58-52-66-96-6-36 14-62 18-98 4-34-28-56-40-86-12-32-4-66-26-100";
const HILLS: [number, number, number][] = [
  [132, 214, 1],
  [402, 298, 1],
  [108, 480, 0.8],
  [446, 424, 0.9],
  [226, 600, 0.9],
  [196, 262, 0.7],
  [420, 570, 0.7],
  [206, 92, 0.8],
];

export function SnailMap({ snail, name }: { snail: Snail; name: string }) {
  const t = useText();
  const townName = useTownName();
  const reached = snail.towns % towns.length;
  const here = towns[reached] ?? towns[0];
  const label = t("snail.map", { name, town: townName(here.code), towns: reached });
  return (
    <svg className={styles.map} viewBox="0 0 540 760" role="img" aria-label={label}>
      <path className={styles.land} d={BORDER} />
      <g className={styles.hills}>
        {HILLS.map(([x, y, scale]) => (
          <path
            key={`${x} ${y}`}
            transform={`translate(${x} ${y}) scale(${scale})`}
            d="M-34 14c10-22 18-32 26-32s16 12 24 32M2 2c6-12 12-18 18-18 8 0 14 12 22 30"
          />
        ))}
      </g>
      <path className={styles.river} d={RIVER} />
      <path className={styles.way} d={wayThrough(towns)} />
      <path className={styles.walked} pathLength={1} d={wayThrough(towns.slice(0, reached + 1))} />
      {towns.map((town, index) => (
        <g
          key={town.code}
          className={styles.town}
          data-reached={index <= reached || undefined}
          data-here={index === reached || undefined}
          transform={`translate(${town.x} ${town.y})`}
        >
          <circle r={index <= reached ? 7 : 5} />
          <text y={25}>{townName(town.code)}</text>
        </g>
      ))}
      <g transform={`translate(${here.x} ${here.y - 12})`}>
        <g className={styles.snail}>
          <path className={styles.body} d="M-26 0h40c6 0 9-4 9-9v-11M23-20l-4-7M23-20l5-6" />
          <circle className={styles.shell} cx="-4" cy="-14" r="14" />
          <path className={styles.coil} d="M-4-14m-8 0a8 8 0 0 1 16 0 6 6 0 0 1-11 2 3 3 0 0 1 4-4" />
        </g>
      </g>
    </svg>
  );
}
