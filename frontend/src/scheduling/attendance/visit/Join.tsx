/** What begins here today and would take them: signed up by sign-up's own rules, then signed in. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

export function Join({ onJoined }: { onJoined: () => void }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const open = api.useQuery("get", "/api/attendance/visit/open", {});
  const join = api.useMutation("post", "/api/needs/{need_id}/sign-up", { onSuccess: onJoined });
  return (
    <Loaded query={open}>
      {(shifts) =>
        shifts.length > 0 && (
          <Section title={t("visit.may_join")}>
            <ul className={rows.list}>
              {shifts.map((shift) => {
                const when = `${dates.time(shift.starts_at)}-${dates.time(shift.ends_at)}`;
                return (
                  <li key={shift.need} className={rows.row}>
                    <span>{t("visit.shift", { when, program: shift.program, role: shift.role })}</span>
                    <Button
                      loading={join.isPending}
                      aria-label={t("visit.join_which", { when, program: shift.program })}
                      onClick={() => join.mutate({ params: { path: { need_id: shift.need } } })}
                    >
                      {t("visit.join")}
                    </Button>
                  </li>
                );
              })}
            </ul>
            {join.error && (
              <span role="alert" className={rows.error}>
                {words(join.error)}
              </span>
            )}
          </Section>
        )
      }
    </Loaded>
  );
}
