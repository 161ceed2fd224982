/** The shifts that are mine every week, each to be taken back. They are made in my shifts. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { addDays, mondayOf, notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { useRefreshWishes } from "../useRefreshWishes";
import { clock } from "../windows";

const MONDAY = mondayOf("2026-01-05");
type StandingShift = components["schemas"]["StandingShiftOut"];

export function StandingShifts({ shifts }: { shifts: StandingShift[] }) {
  const t = useText();
  const errorText = useErrorText();
  const refresh = useRefreshWishes();
  const end = api.useMutation("delete", "/api/volunteers/standing-shifts/{shift_id}", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("me.standing_ended"));
    },
  });
  if (shifts.length === 0) return <p className={rows.soft}>{t("me.standing_none")}</p>;
  return (
    <>
      <p className={rows.soft}>{t("me.standing_hint")}</p>
      <ul className={rows.list}>
        {shifts.map((shift) => (
          <li key={shift.id} className={rows.row}>
            <div className={rows.foot}>
              <Shift shift={shift} />
              <Button
                variant="default"
                loading={end.isPending && end.variables.params.path.shift_id === shift.id}
                onClick={() => end.mutate({ params: { path: { shift_id: shift.id } } })}
              >
                {t("me.standing_end")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {end.error && (
        <p role="alert" className={rows.error}>
          {errorText(end.error)}
        </p>
      )}
    </>
  );
}

function Shift({ shift }: { shift: StandingShift }) {
  const t = useText();
  const day = useDates().weekday(addDays(MONDAY, shift.weekday));
  return (
    <span className={rows.facts}>
      <span className={rows.name}>{t("me.every", { day, time: clock(shift.start) })}</span>
      <span>{shift.program}</span>
      <span className={rows.soft}>{shift.hub}</span>
    </span>
  );
}
