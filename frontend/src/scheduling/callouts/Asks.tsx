/** On the first screen: somebody can't come, could I? */
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { ShiftFacts } from "@/scheduling/signups/ShiftFacts";
import { useWhyNot } from "@/scheduling/signups/useWhyNot";
import { notifyDone, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { AskAnswer } from "./AskAnswer";
import type { Ask } from "./types";
import { useAsks, useRefreshAsked } from "./useAsks";

export default function Asks() {
  const t = useText();
  const asks = useAsks().data ?? [];
  if (asks.length === 0) return null;
  return (
    <Section title={t("ask.title")}>
      {asks.map((ask) => (
        <OneAsk key={ask.id} ask={ask} />
      ))}
    </Section>
  );
}

function OneAsk({ ask }: { ask: Ask }) {
  const t = useText();
  const dates = useDates();
  const words = useWhyNot();
  const refresh = useRefreshAsked();
  const answer = api.useMutation("post", "/api/asks/{ask_id}/answer", {
    onSuccess: ({ state }) =>
      notifyDone(
        state === "yes" ? t("ask.taken", { when: dates.nearSpan(ask.starts_at, ask.ends_at) }) : t("ask.said_no"),
      ),
    // The card goes; what became of it is said all the same.
    onError: (error: unknown) => error instanceof Refusal && notifyDone(words(error)),
    onSettled: refresh,
  });
  return (
    <section className={rows.next} aria-label={t("ask.card")} data-ask={ask.id}>
      <ShiftFacts shift={ask} as="full" />
      <AskAnswer
        ask={ask}
        busy={answer.isPending}
        error={answer.error}
        onAnswer={(coming) => answer.mutate({ params: { path: { ask_id: ask.id } }, body: { coming } })}
      />
    </section>
  );
}
