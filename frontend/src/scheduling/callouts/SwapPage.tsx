/** A proposal's link: both shifts in sight, one tap answers, nobody signs in. */
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { AnswerPage } from "./AnswerPage";
import { SwapAnswer } from "./SwapAnswer";

const address = "/api/swapped/{token}";

export default function SwapPage() {
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
      title={t("swap.title")}
      query={page}
      say={({ name, swap }) => {
        const answered = swap.state !== "proposed";
        const question = swap.wanted ? "swap.question" : "swap.question_take";
        return {
          question: t(answered ? "ask.thanks" : question, { name, other: swap.other }),
          hint: answered ? "" : t("swap.hint"),
          answered,
        };
      }}
    >
      {({ swap }) => (
        <SwapAnswer
          swap={swap}
          busy={answer.isPending}
          error={answer.error}
          onAnswer={(agreed) => answer.mutate({ ...path, body: { agreed } })}
        />
      )}
    </AnswerPage>
  );
}
