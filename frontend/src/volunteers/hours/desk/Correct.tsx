/** 更正: other times, for a second person to approve. What was entered stays on record. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useDates } from "@/ui";
import type { DeskRecord, DeskSession } from "../types";
import { useRefreshHours } from "../useHours";

const TimesDialog = lazy(() => import("../TimesDialog"));

export function Correct({ record, session }: { record: DeskRecord; session: DeskSession }) {
  const t = useText();
  const dates = useDates();
  const refresh = useRefreshHours();
  const [asked, setAsked] = useState(false);
  const correct = api.useMutation("post", "/api/hours/records/{record_id}/correct", {
    onSuccess: () => {
      setAsked(false);
      notifyDone(t("hours.sent_to_second"));
    },
    onSettled: refresh,
  });
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => setAsked(true)}
        aria-label={t("hours.correct_which", { name: record.volunteer, program: session.title })}
      >
        {t("hours.correct")}
      </Button>
      {asked && (
        <Suspense>
          <TimesDialog
            title={t("hours.correct_title", { name: record.volunteer })}
            about={`${dates.span(session.starts_at, session.ends_at)} ${session.title}`}
            starts_at={session.starts_at}
            ends_at={session.ends_at}
            busy={correct.isPending}
            error={correct.error}
            onClose={() => {
              correct.reset();
              setAsked(false);
            }}
            onSay={(times) => correct.mutate({ params: { path: { record_id: record.id } }, body: times })}
          />
        </Suspense>
      )}
    </>
  );
}
