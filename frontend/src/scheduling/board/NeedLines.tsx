/** A bar's needs, a line each: the role, how many of how many, and who. */
import { useText } from "@/i18n";
import { StateShape, stateOf } from "@/ui";
import styles from "./board.module.css";
import type { BoardSession } from "./types";
import type { Serving } from "./useServing";

export function NeedLines({ session, serving }: { session: BoardSession; serving: Serving }) {
  const t = useText();
  if (session.needs.length === 0) return null;
  return (
    <span className={styles.needs}>
      {session.needs.map((need) => (
        <span key={need.id}>
          <StateShape state={stateOf(need.filled, need.min)} />
          {t("board.need_line", { role: need.role, filled: need.filled, wanted: need.target })}
          {serving.get(need.id)?.map((place) => (
            <span
              key={`${place.state} ${place.id}`}
              className={place.state === "published" ? styles.unsure : undefined}
            >
              {place.state === "published" ? t("board.not_answered", { name: place.name }) : place.name}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
