/** Dates that differ: when I can't come for once, and when I can. */
import { ActionIcon, Button, Group } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, localDay, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Kind } from "./AddException";
import { Problem } from "./Problem";
import { type Profile, useShowProfile } from "./useProfile";

const AddException = lazy(() => import("./AddException"));

export function Exceptions({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const [adding, setAdding] = useState<Kind>();
  const onSuccess = useShowProfile();
  const dropAway = api.useMutation("delete", "/api/volunteers/absences/{absence_id}", { onSuccess });
  const dropExtra = api.useMutation("delete", "/api/volunteers/extra-times/{extra_id}", { onSuccess });
  const all = [
    ...profile.absences.map((one) => ({
      ...one,
      kind: "away" as Kind,
      drop: () => dropAway.mutate({ params: { path: { absence_id: one.id } } }),
    })),
    ...profile.extra_times.map((one) => ({
      ...one,
      kind: "extra" as Kind,
      drop: () => dropExtra.mutate({ params: { path: { extra_id: one.id } } }),
    })),
  ].sort((a, b) => a.starts_at.localeCompare(b.starts_at));
  const span = (start: string, end: string) => {
    const last = localDay(new Date(Date.parse(end) - 1));
    const whole = dates.time(start) === "00:00" && dates.time(end) === "00:00";
    if (!whole) return dates.span(start, end);
    return localDay(start) === last
      ? dates.day(start)
      : t("me.from_to", { from: dates.day(start), to: dates.day(last) });
  };
  return (
    <>
      {all.length === 0 && <p className={rows.soft}>{t("me.no_exceptions")}</p>}
      <ul className={rows.list}>
        {all.map((one) => (
          <li key={`${one.kind}${one.id}`} className={rows.row}>
            <div className={rows.foot}>
              <span className={rows.facts}>
                <StateMark state={one.kind === "away" ? "cancelled" : "full"}>{t(`me.${one.kind}`)}</StateMark>
                <span>{span(one.starts_at, one.ends_at)}</span>
              </span>
              <ActionIcon aria-label={t("me.drop_exception")} onClick={one.drop}>
                <Icon name="close" />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ul>
      <Problem error={dropAway.error ?? dropExtra.error} />
      <Group gap="sm">
        <Button variant="default" onClick={() => setAdding("away")}>
          {t("me.add_away")}
        </Button>
        <Button variant="default" onClick={() => setAdding("extra")}>
          {t("me.add_extra")}
        </Button>
      </Group>
      <Suspense>{adding && <AddException kind={adding} onClose={() => setAdding(undefined)} />}</Suspense>
    </>
  );
}
