/** The link of an offer: one tap answers, nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Opened } from "@/scheduling/callouts/Opened";
import { BarePage, SessionFacts, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import { OfferFacts, TurnAnswer } from "../Turns";
import type { Turn } from "../types";
import { useWhyNot } from "../useWhyNot";

const address = "/api/turn-links/{token}";

export default function TurnPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery("get", address, { params: { path: { token } } });
  return (
    <BarePage title={t("turn.title")} named>
      <Opened query={page} words="turn">
        {(turn) => <OneTurn turn={turn} token={token} />}
      </Opened>
    </BarePage>
  );
}

function OneTurn({ turn, token }: { turn: Turn; token: string }) {
  const t = useText();
  const why = useWhyNot();
  const cache = useQueryClient();
  const path = { params: { path: { token } } };
  const answer = api.useMutation("post", address, {
    onSuccess: (data) => cache.setQueryData(["get", address, path], data),
    onError: () => void cache.invalidateQueries({ queryKey: ["get", address, path] }),
  });
  const of = (state: string) => turn.places.filter((place) => place.state === state).map((place) => place.child);
  const offered = of("offered");
  const booked = of("booked");
  const open = offered.length > 0 && turn.answer_by !== null;
  return (
    <>
      <div>
        <Title order={1}>{t(open ? "turn.question" : "turn.answered", { name: turn.name })}</Title>
        <Text c="dimmed">{t(open ? "turn.hint" : "turn.hint_answered")}</Text>
      </div>
      <section className={rows.next} data-answered={!open || undefined}>
        {open ? (
          <>
            <OfferFacts
              offer={{
                children: offered,
                session: turn.session,
                answerBy: turn.answer_by ?? "",
                insteadOf: turn.instead_of,
              }}
            />
            <TurnAnswer
              moves={turn.instead_of !== null}
              busy={answer.isPending}
              onAnswer={(coming) => answer.mutate({ ...path, body: { coming } })}
              error={answer.error === null ? undefined : why.of(answer.error)}
            />
          </>
        ) : (
          <>
            <SessionFacts session={turn.session} what={turn.session.program} as="full" />
            {booked.length > 0 ? (
              <StateMark state="full">{t("activities.done", { names: booked.join(t("ui.joiner")) })}</StateMark>
            ) : (
              <StateMark state="cancelled">
                {t(of("passed").length > 0 ? "turn.over" : "turn.passed_on", {
                  names: turn.places.map((place) => place.child).join(t("ui.joiner")),
                })}
              </StateMark>
            )}
          </>
        )}
      </section>
      <Button component={Link} to="/" variant="subtle">
        {t("turn.sign_in")}
      </Button>
    </>
  );
}
