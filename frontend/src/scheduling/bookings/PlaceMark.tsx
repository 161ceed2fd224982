/** How a child stands with a session: in, waiting and behind how many, or struck. */
import { useText } from "@/i18n";
import { StateShape } from "@/ui";
import styles from "./bookings.module.css";
import type { Place } from "./types";

export function PlaceMark({ place }: { place: Place }) {
  const t = useText();
  const struck = place.state === "cancelled" || place.session.cancelled;
  const state = struck ? "cancelled" : place.state === "waiting" ? "waiting" : "full";
  const words = struck
    ? t("family.cancelled")
    : place.state === "waiting"
      ? t("family.waiting", { ahead: place.ahead })
      : t("family.booked");
  return (
    <span className={styles.mark} data-state={state}>
      <StateShape state={state} /> {words}
    </span>
  );
}
