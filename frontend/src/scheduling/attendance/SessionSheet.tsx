/** A session as its sign-in sheet: who is in, out and awaited, and closing it once it is over. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { ChildRow } from "./ChildRow";
import { PersonRow } from "./PersonRow";
import type { ChildHere, DoorSession } from "./types";
import { useRefreshDay } from "./useDay";
import { useNow } from "./useNow";

export function SessionSheet({ session, there }: { session: DoorSession; there: ChildHere[] }) {
  const t = useText();
  const dates = useDates();
  const over = useNow() >= Date.parse(session.ends_at);
  const when = `${dates.time(session.starts_at)}-${dates.time(session.ends_at)}`;
  const open = session.people.filter((one) => one.signed_in_at && !one.hours_entered);
  return (
    <Section
      title={t("attend.session", { when, title: session.title })}
      aside={
        over && open.length > 0 && <Close session={session} forgot={open.filter((one) => !one.signed_out_at).length} />
      }
    >
      {session.room && <p className={rows.soft}>{session.room}</p>}
      {session.people.length === 0 ? (
        <p className={rows.soft}>{t("attend.nobody")}</p>
      ) : (
        <ul className={rows.list}>
          {session.people.map((one) => (
            <PersonRow key={one.assignment} person={one} session={session} over={over} />
          ))}
        </ul>
      )}
      {there.length > 0 && <ChildrenThere session={session} there={there} over={over} />}
    </Section>
  );
}

interface ThereProps {
  session: DoorSession;
  there: ChildHere[];
  over: boolean;
}

function ChildrenThere({ session, there, over }: ThereProps) {
  const t = useText();
  const here = there.filter((one) => one.arrived_at && !one.left_at).length;
  const awaited = there.filter((one) => !one.arrived_at).length;
  return (
    <>
      <h3 className={styles.children}>{t("child.section", { here, awaited })}</h3>
      <ul className={rows.list}>
        {there.map((one) => (
          <ChildRow key={one.booking} child={one} session={session} over={over} />
        ))}
      </ul>
    </>
  );
}

function Close({ session, forgot }: { session: DoorSession; forgot: number }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshDay();
  const [asked, ask] = useState(false);
  const close = api.useMutation("post", "/api/attendance/sessions/{session_id}/close", {
    onSuccess: async () => {
      ask(false);
      await refresh();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {t("attend.close")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => ask(false)}
        title={t("attend.close_which", { title: session.title })}
        consequence={t("attend.close_means", { forgot, end: dates.time(session.ends_at) })}
        verb={t("attend.close")}
        onConfirm={() => close.mutate({ params: { path: { session_id: session.id } } })}
        busy={close.isPending}
        error={close.error ? words(close.error) : undefined}
      />
    </>
  );
}
