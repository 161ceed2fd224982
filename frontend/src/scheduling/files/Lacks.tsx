/** What a file lacks and until when, in one mark: overdue is told by its shape and its word, too. */
import { useText } from "@/i18n";
import { daysBetween, localDay, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Part } from "./types";

export function Lacks({ lacks, due }: { lacks: Part[]; due: string }) {
  const t = useText();
  const dates = useDates();
  const over = daysBetween(due, localDay(new Date()));
  const parts = lacks.map((part) => t(`file.part_${part}`)).join(t("file.comma"));
  return (
    <span className={rows.told}>
      <StateMark state={over > 0 ? "empty" : "short"}>{t("file.lacks", { parts })}</StateMark>
      <span className={rows.soft}>
        {over > 0 ? t("file.overdue", { days: over }) : t("file.due", { day: dates.near(due) })}
      </span>
    </span>
  );
}
