/** A shift that still needs somebody: one tap and it is mine. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, StateMark, stateOf, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ShiftFacts } from "./ShiftFacts";
import type { OpenShift } from "./types";
import { useRefreshShifts } from "./useMyShifts";
import { useReason, useWhyNot } from "./useWhyNot";

interface Props {
  shift: OpenShift;
  /** Under its day's heading. */
  as?: "day" | "row";
}

export function OpenShiftRow({ shift, as }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useWhyNot();
  const refresh = useRefreshShifts();
  const take = api.useMutation("post", "/api/needs/{need_id}/sign-up", {
    onSuccess: () => notifyDone(t("find.taken", { when: dates.nearSpan(shift.starts_at, shift.ends_at) })),
    onSettled: refresh,
  });
  const error: unknown = take.error;
  const when = dates.nearSpan(shift.starts_at, shift.ends_at);
  return (
    <li className={rows.row}>
      <ShiftFacts shift={shift} as={as} />
      <div className={rows.foot}>
        <span className={rows.told}>
          <StateMark state={stateOf(shift.target - shift.missing, shift.target)} missing={shift.missing} />
          <span className={rows.soft}>{t("find.travel", { minutes: shift.travel_minutes })}</span>
        </span>
        <Button
          variant="outline"
          onClick={() => take.mutate({ params: { path: { need_id: shift.need } } })}
          loading={take.isPending}
          aria-label={t("find.take_which", { program: shift.program, when })}
        >
          {t("find.take")}
        </Button>
      </div>
      {error !== null && (
        <span role="alert" className={rows.reason}>
          <Icon name="info" /> {words(error)}
        </span>
      )}
    </li>
  );
}

/** Not for me, or full: what keeps it from me, in kind words. */
export function OtherShiftRow({ shift }: { shift: OpenShift }) {
  const reason = useReason();
  return (
    <li className={rows.row}>
      <ShiftFacts shift={shift} />
      {shift.reasons.slice(0, 2).map(({ code, facts }) => (
        <span key={code} className={rows.reason}>
          <Icon name="info" /> {reason(code, facts)}
        </span>
      ))}
    </li>
  );
}
