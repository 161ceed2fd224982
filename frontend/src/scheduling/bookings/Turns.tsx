/** 轮到您了: places held for the children for a while. One tap takes them, one passes them on. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, SessionFacts, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./bookings.module.css";
import { givenName } from "./names";
import type { FamilyChild, Occasion } from "./types";
import { useRefreshFamily } from "./useFamily";
import { useWhyNot } from "./useWhyNot";

/** Siblings' places of one turn. */
export interface Offer {
  turn: number;
  children: string[];
  session: Occasion;
  answerBy: string;
  insteadOf: Occasion | null;
}

export function offersOf(family: FamilyChild[]): Offer[] {
  const found = new Map<number, Offer>();
  for (const child of family) {
    for (const { turn, answer_by, session, instead_of } of child.places) {
      if (turn === null || answer_by === null) continue;
      const known = found.get(turn) ?? { turn, children: [], session, answerBy: answer_by, insteadOf: instead_of };
      found.set(turn, { ...known, children: [...known.children, givenName(child.name)] });
    }
  }
  return [...found.values()].sort((one, other) => one.answerBy.localeCompare(other.answerBy));
}

export function Turns({ family }: { family: FamilyChild[] }) {
  return offersOf(family).map((offer) => <OneTurn key={offer.turn} offer={offer} />);
}

function OneTurn({ offer }: { offer: Offer }) {
  const t = useText();
  const why = useWhyNot();
  const refresh = useRefreshFamily();
  const names = offer.children.join(t("ui.joiner"));
  const answer = api.useMutation("post", "/api/turns/{turn_id}/answer", {
    onSuccess: (_, { body }) => notifyDone(t(body.coming ? "activities.done" : "turn.passed_on", { names })),
    onSettled: refresh,
  });
  return (
    <section className={rows.next} aria-label={t("turn.title")}>
      <OfferFacts offer={offer} />
      <TurnAnswer
        moves={offer.insteadOf !== null}
        busy={answer.isPending}
        onAnswer={(coming) => answer.mutate({ params: { path: { turn_id: offer.turn } }, body: { coming } })}
        error={answer.error === null ? undefined : why.of(answer.error)}
      />
    </section>
  );
}

export function OfferFacts({ offer }: { offer: Omit<Offer, "turn"> }) {
  const t = useText();
  const dates = useDates();
  const { children, session, answerBy, insteadOf } = offer;
  const names = children.join(t("ui.joiner"));
  return (
    <>
      <StateMark state="short">{t(insteadOf ? "turn.move" : "turn.for", { names })}</StateMark>
      <SessionFacts session={session} what={session.program} as="full" />
      {insteadOf && (
        <span className={rows.soft}>
          {t("turn.instead_of", {
            when: dates.nearSpan(insteadOf.starts_at, insteadOf.ends_at),
            program: insteadOf.program,
          })}
        </span>
      )}
      <span>{t("turn.kept_until", { until: `${dates.near(answerBy)} ${dates.time(answerBy)}` })}</span>
    </>
  );
}

interface AnswerProps {
  /** It takes the place of another session. */
  moves: boolean;
  busy: boolean;
  onAnswer: (coming: boolean) => void;
  error: string | undefined;
}

export function TurnAnswer({ moves, busy, onAnswer, error }: AnswerProps) {
  const t = useText();
  return (
    <>
      <div className={styles.answers}>
        <Button size="lg" onClick={() => onAnswer(true)} loading={busy}>
          {t(moves ? "turn.take_move" : "turn.take")}
        </Button>
        <Button size="lg" variant="default" onClick={() => onAnswer(false)} disabled={busy}>
          {t("turn.pass")}
        </Button>
      </div>
      {error !== undefined && (
        <span role="alert" className={rows.reason}>
          <Icon name="warning" /> {error}
        </span>
      )}
    </>
  );
}
