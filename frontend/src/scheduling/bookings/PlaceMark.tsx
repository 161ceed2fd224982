/** How a child stands with a session: in, waiting and as which, or struck. */
import { useText } from "@/i18n";
import { StateMark } from "@/ui";
import type { Place } from "./types";

export function PlaceMark({ place }: { place: Place }) {
  const t = useText();
  if (place.state === "cancelled" || place.session.cancelled) {
    return <StateMark state="cancelled">{t("family.cancelled")}</StateMark>;
  }
  if (place.state === "waiting") {
    return <StateMark state="waiting">{t("family.waiting", { ahead: place.ahead })}</StateMark>;
  }
  if (place.state === "offered") return <StateMark state="short">{t("turn.title")}</StateMark>;
  return <StateMark state="full">{t("family.booked")}</StateMark>;
}
