/** A call-out's link: one tap answers, nobody signs in. */
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ShiftFacts } from "@/scheduling/signups/ShiftFacts";
import { AnswerPage } from "./AnswerPage";
import { AskAnswer } from "./AskAnswer";

const address = "/api/asked/{token}";

export default function AskPage() {
  const t = useText();
  const { token = "" } = useParams();
  const path = { params: { path: { token } } };
  const cache = useQueryClient();
  const page = api.useQuery("get", address, path);
  const answer = api.useMutation("post", address, {
    onSuccess: (data) => cache.setQueryData(["get", address, path], data),
    onError: () => void page.refetch(),
  });
  return (
    <AnswerPage
      title={t("ask.card")}
      query={page}
      say={({ name, ask }) => ({
        question: t(ask.state === "silent" ? "ask.question" : "ask.thanks", { name }),
        hint: t(ask.state === "yes" ? "ask.hint_yes" : "ask.hint"),
        answered: ask.state !== "silent",
      })}
    >
      {({ ask }) => (
        <>
          <ShiftFacts shift={ask} as="full" />
          <AskAnswer
            ask={ask}
            busy={answer.isPending}
            error={answer.error}
            onAnswer={(coming) => answer.mutate({ ...path, body: { coming } })}
          />
        </>
      )}
    </AnswerPage>
  );
}
