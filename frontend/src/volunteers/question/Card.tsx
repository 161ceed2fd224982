import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Question } from "./Question";

export default function Card({ question }: { question: components["schemas"]["RoundQuestionOut"] }) {
  const t = useText();
  const dates = useDates();
  const cache = useQueryClient();
  const say = api.useMutation("post", "/api/rounds/asked/{asked_id}/answer", {
    onSuccess: () => cache.invalidateQueries({ queryKey: ["get", "/api/rounds/mine"] }),
  });
  const title = t("your_week.title", { week: dates.week(question.week) });
  return (
    <section className={rows.next} data-answered={question.answer !== "silent" || undefined} aria-label={title}>
      <span className={rows.name}>{title}</span>
      <Question
        week={question.week}
        answer={question.answer}
        known={question.known}
        same={question.same}
        busy={say.isPending}
        error={say.error}
        onAnswer={(body) => say.mutateAsync({ params: { path: { asked_id: question.id } }, body })}
      />
    </section>
  );
}
