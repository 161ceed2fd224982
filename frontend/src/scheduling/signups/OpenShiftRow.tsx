/** A shift that still needs somebody: one tap and it is mine, asked for or wished for, as its need has it. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { Icon, notifyDone, StateMark, stateOf, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ShiftFacts } from "./ShiftFacts";
import type { OpenShift } from "./types";
import { useRefreshShifts } from "./useMyShifts";
import { useReason, useWhyNot } from "./useWhyNot";

const Together = lazy(() => import("./Together"));

/** `wait`: where all places are taken meanwhile, a place in line. */
function useTake(shift: OpenShift) {
  const t = useText();
  const dates = useDates();
  const refresh = useRefreshShifts();
  const when = dates.nearSpan(shift.starts_at, shift.ends_at);
  const take = api.useMutation("post", "/api/needs/{need_id}/sign-up", {
    onSuccess: ({ state }) => notifyDone(t(`find.done.${state}`, { when })),
    onSettled: refresh,
  });
  const go = (wait: boolean) => take.mutate({ params: { path: { need_id: shift.need }, query: { wait } } });
  return { go, when, busy: take.isPending, error: take.error as unknown };
}

interface Props {
  shift: OpenShift;
  /** Under its day's heading. */
  as?: "day" | "row";
}

export function OpenShiftRow({ shift, as }: Props) {
  const t = useText();
  const words = useWhyNot();
  const [together, setTogether] = useState(false);
  const { go, when, busy, error } = useTake(shift);
  const full = error instanceof Refusal && error.code === "need_full";
  return (
    <li className={rows.row}>
      <ShiftFacts shift={shift} as={as} />
      <How shift={shift} />
      <div className={rows.foot}>
        <span className={rows.told}>
          <StateMark state={stateOf(shift.target - shift.missing, shift.target)} missing={shift.missing} />
          <span className={rows.soft}>{t("find.travel", { minutes: shift.travel_minutes })}</span>
        </span>
        <Button
          variant="outline"
          onClick={() => go(false)}
          loading={busy}
          aria-label={t("find.take_which", { verb: t(`find.verb.${shift.mode}`), program: shift.program, when })}
        >
          {t(`find.verb.${shift.mode}`)}
        </Button>
      </div>
      {as === "day" && shift.mode === "instant" && shift.missing > 1 && (
        <Button variant="subtle" className={rows.quiet} onClick={() => setTogether(true)}>
          {t("find.together")}
        </Button>
      )}
      {error !== null && (
        <div className={rows.foot}>
          <span role="alert" className={rows.reason}>
            <Icon name="info" /> {words(error)}
          </span>
          {full && (
            <Button variant="default" onClick={() => go(true)} loading={busy}>
              {t("find.wait")}
            </Button>
          )}
        </div>
      )}
      {together && (
        <Suspense>
          <Together shift={shift} onClose={() => setTogether(false)} />
        </Suspense>
      )}
    </li>
  );
}

/** Who says yes, where it is not the tap; and that one may ask even where nobody is missing. */
function How({ shift: { mode, missing } }: { shift: OpenShift }) {
  const t = useText();
  if (mode === "instant" || mode === "invited") return null;
  return <span className={rows.soft}>{t(missing === 0 ? `find.mode.${mode}_full` : `find.mode.${mode}`)}</span>;
}

/** Not for me, or full: what keeps it from me, in kind words; a full one I may wait for. */
export function OtherShiftRow({ shift }: { shift: OpenShift }) {
  const t = useText();
  const reason = useReason();
  const words = useWhyNot();
  const { go, when, busy, error } = useTake(shift);
  const asks = shift.mode === "approval";
  const verb = asks ? t("find.verb.approval") : t("find.wait");
  return (
    <li className={rows.row}>
      <ShiftFacts shift={shift} />
      {shift.reasons.slice(0, 2).map(({ code, facts }) => (
        <span key={code} className={rows.reason}>
          <Icon name="info" /> {reason(code, facts)}
        </span>
      ))}
      {shift.may_wait && <How shift={shift} />}
      {shift.may_wait && (
        <div className={rows.foot}>
          <span className={rows.soft}>{t(asks ? "find.asking" : "find.line", { waiting: shift.waiting })}</span>
          <Button
            variant="outline"
            onClick={() => go(true)}
            loading={busy}
            aria-label={t("find.take_which", { verb, program: shift.program, when })}
          >
            {verb}
          </Button>
        </div>
      )}
      {error !== null && (
        <span role="alert" className={rows.reason}>
          <Icon name="info" /> {words(error)}
        </span>
      )}
    </li>
  );
}
