/** What stands against a session, as a sentence. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";

type Facts = Record<string, unknown>;

/** None for what is no clash. */
export function useClashWords(): (code: string, facts: Facts) => string | undefined {
  const t = useText();
  const dates = useDates();
  return (code, facts) => {
    const text = (name: string) => (typeof facts[name] === "string" ? (facts[name] as string) : "");
    const number = (name: string) => Number(facts[name] ?? 0);
    const when = text("starts_at") && text("ends_at") ? dates.span(text("starts_at"), text("ends_at")) : "";
    const who = (otherwise: string) => text("who") || t(otherwise);
    const other = { title: text("title"), when, room: text("room") };
    if (code === "clash" && other.title && when) {
      const of = text("resource").split(":")[0];
      if (of === "room" && number("setup") + number("clearup") > 0)
        return t("session.room_taken_longer", { ...other, before: number("setup"), after: number("clearup") });
      if (of === "room") return t("session.room_taken", other);
      if (of === "kit") return t("session.kit_taken", { ...other, who: who("session.a_kit") });
      return t("session.person_taken", { ...other, who: who("session.a_volunteer") });
    }
    if (code === "worker_busy" && other.title)
      return t("session.worker_busy", { ...other, who: who("session.duty_worker_there") });
    if (code === "closed")
      return t("session.closed", { place: text("room") || text("hub"), when, reason: text("reason") });
    if (code === "too_small")
      return t("session.too_small", { room: text("room"), capacity: number("capacity"), places: number("places") });
    if (code === "equipment_missing") {
      const missing = Array.isArray(facts.missing) ? facts.missing.map(String) : [];
      return t("session.equipment_missing", { room: text("room"), missing: missing.join(t("session.comma")) });
    }
    if (code === "outside_hours") return t("session.outside_hours", { hub: text("hub"), opening: text("opening") });
    if (code === "day_off") return t("session.day_off", { day: dates.day(text("day")) });
    if (code === "children_elsewhere") return t("session.children_elsewhere", { count: number("count") });
    return undefined;
  };
}
