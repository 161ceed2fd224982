/** One of my shifts with its answer and who else comes. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ChangeShift } from "@/scheduling/callouts";
import rows from "@/ui/rows.module.css";
import { Answer } from "./Answer";
import { ShiftFacts } from "./ShiftFacts";
import { Standing } from "./Standing";
import type { MyShift } from "./types";
import { useRefreshShifts } from "./useMyShifts";

export function Company({ shift }: { shift: MyShift }) {
  const t = useText();
  if (shift.company.length === 0 && !shift.duty_worker) return null;
  return (
    <div className={rows.facts}>
      {shift.company.length > 0 && <span>{t("shift.company", { names: shift.company.join(t("ui.joiner")) })}</span>}
      {shift.duty_worker && <span className={rows.soft}>{t("shift.duty_worker", { name: shift.duty_worker })}</span>}
    </div>
  );
}

export function AnswerForMe({ shift }: { shift: MyShift }) {
  const refresh = useRefreshShifts();
  const answer = api.useMutation("post", "/api/assignments/{assignment_id}/answer", { onSettled: refresh });
  return (
    <Answer
      shift={shift}
      busy={answer.isPending}
      error={answer.error}
      onAnswer={(coming, reason) =>
        answer.mutate({ params: { path: { assignment_id: shift.id } }, body: { coming, reason } })
      }
    />
  );
}

const over: MyShift["state"][] = ["released", "declined", "passed", "refused", "withdrawn"];
const isInView = (shift: MyShift) => !over.includes(shift.state);

export function MyShiftRow({ shift, past = false }: { shift: MyShift; past?: boolean }) {
  const gone = shift.cancelled || !isInView(shift);
  const mine = !gone && (shift.state === "accepted" || shift.state === "published");
  return (
    <li className={rows.row}>
      <ShiftFacts shift={shift} gone={gone} />
      {!gone && <Company shift={shift} />}
      {!past && <AnswerForMe shift={shift} />}
      {!past && mine && shift.state === "accepted" && <Standing shift={shift} />}
      {!past && mine && shift.answerable && <ChangeShift shift={shift} />}
    </li>
  );
}
