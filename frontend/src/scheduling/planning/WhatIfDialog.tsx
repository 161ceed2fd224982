/** 试一试: a question about the proposal, its answer, and going along with it where that is the planner's to do. */
import { Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ErrorState, ProgressBar } from "@/ui";
import { Dialog } from "./Dialog";
import { GoAlong } from "./GoAlong";
import { OutcomeView } from "./OutcomeView";
import type { Question, WhatIf } from "./types";
import { useMoves } from "./useMoves";
import { useNo } from "./useNo";
import { useProposal } from "./useProposal";

interface Props {
  title: string;
  question: Question;
  onClose: () => void;
  /** Whom to keep out from now on, when it is gone along with. */
  barred?: { need: number; volunteer: number }[];
}

/** For what a proposal can be made to be. */
export function WhatIfDialog({ title, question, barred = [], onClose }: Props) {
  const t = useText();
  const moves = useMoves(onClose);
  return (
    <Dialog title={title} onClose={onClose}>
      <Answer question={question}>
        {(answer) => (
          <>
            <OutcomeView outcome={answer} />
            <GoAlong
              moves={moves}
              label={t("plan.so_be_it")}
              onGo={() => moves.make({ outcome: answer, barred })}
              onClose={onClose}
            />
          </>
        )}
      </Answer>
    </Dialog>
  );
}

/** Asks, and shows what is going on where the answer takes a while. */
export function Answer({ question, children }: { question: Question; children: (answer: WhatIf) => React.ReactNode }) {
  const t = useText();
  const no = useNo();
  const { run } = useProposal();
  const asked = api.useQuery(
    "post",
    "/api/planning/runs/{run_id}/what-if",
    { params: { path: { run_id: run.id } }, body: { question } },
    { meta: { live: ["proposal", "run"] }, retry: false },
  );
  if (asked.data) return children(asked.data);
  if (!asked.error) return <ProgressBar label={t("plan.trying")} />;
  const said = no(asked.error);
  return said ? <Text role="alert">{said}</Text> : <ErrorState error={asked.error} onRetry={() => asked.refetch()} />;
}
