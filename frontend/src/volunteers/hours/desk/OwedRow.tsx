/** Somebody had a place, and nothing says whether they came: entered afterwards, for a second person to approve. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Owed } from "../types";
import { useRefreshHours } from "../useHours";
import { SessionHead } from "./SessionHead";

const TimesDialog = lazy(() => import("../TimesDialog"));

export function OwedRow({ owed }: { owed: Owed }) {
  const t = useText();
  const dates = useDates();
  const refresh = useRefreshHours();
  const [asked, setAsked] = useState(false);
  const enter = api.useMutation("post", "/api/hours/back-entries", {
    onSuccess: () => {
      setAsked(false);
      notifyDone(t("hours.sent_to_second"));
    },
    onSettled: refresh,
  });
  const day = { day: dates.day(owed.due_on) };
  return (
    <li className={rows.row}>
      <SessionHead session={owed} />
      <span>
        {owed.volunteer} {"\u00b7"} {owed.role}
      </span>
      <div className={rows.foot}>
        <StateMark state={owed.late ? "empty" : "waiting"}>
          {t(owed.late ? "hours.overdue" : "hours.due", day)}
        </StateMark>
        <Button
          variant="default"
          onClick={() => setAsked(true)}
          aria-label={t("hours.enter_which", { name: owed.volunteer, program: owed.title })}
        >
          {t("hours.enter")}
        </Button>
      </div>
      {asked && (
        <Suspense>
          <TimesDialog
            title={t("hours.enter_title", { name: owed.volunteer })}
            about={`${dates.span(owed.starts_at, owed.ends_at)} ${owed.title}`}
            starts_at={owed.starts_at}
            ends_at={owed.ends_at}
            busy={enter.isPending}
            error={enter.error}
            onClose={() => {
              enter.reset();
              setAsked(false);
            }}
            onSay={(times) =>
              enter.mutate({ body: { ...times, session_uid: owed.session_uid, volunteer_id: owed.volunteer_id } })
            }
          />
        </Suspense>
      )}
    </li>
  );
}
