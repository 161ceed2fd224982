/** On the first screen: who would like to change shifts with me, or have me take one over. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import { SwapAnswer } from "./SwapAnswer";
import type { Swap } from "./types";
import { useRefreshAsked, useSwaps } from "./useAsks";

export default function Swaps() {
  return (useSwaps().data ?? []).filter((swap) => !swap.by_me).map((swap) => <OneSwap key={swap.id} swap={swap} />);
}

function OneSwap({ swap }: { swap: Swap }) {
  const t = useText();
  const refresh = useRefreshAsked();
  const answer = api.useMutation("post", "/api/swaps/{swap_id}/answer", {
    onSuccess: ({ state }) => notifyDone(t(state === "done" ? "swap.is.done" : "swap.is.declined")),
    onSettled: refresh,
  });
  return (
    <Section title={t(swap.wanted ? "swap.asks" : "swap.asks_to_take", { name: swap.other })}>
      <div className={rows.next}>
        <SwapAnswer
          swap={swap}
          busy={answer.isPending}
          error={answer.error}
          onAnswer={(agreed) => answer.mutate({ params: { path: { swap_id: swap.id } }, body: { agreed } })}
        />
      </div>
    </Section>
  );
}
