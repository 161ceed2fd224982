/** Today, on a phone: the sessions of one's agency or sites, those with problems first. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { RescueSheet } from "@/scheduling/rescues";
import { Lagging } from "@/scheduling/residency";
import { type DialogWish, SessionDialog } from "@/scheduling/sessions";
import { addDays, EmptyState, Icon, Loaded, localDay, Page, Stepper, useDates } from "@/ui";
import { Sheet } from "@/ui/Sheet";
import { Agenda } from "../Agenda";
import { inOrder } from "../arrange";
import { Counts } from "../Counts";
import { Panel } from "../Panel";
import { lacksPeople } from "../types";
import { useDayBoard } from "../useBoard";
import { CutOffs } from "./CutOffs";
import { Late } from "./Late";
import { Problem } from "./Problem";
import { Requests } from "./Requests";

export default function TodayPage() {
  const t = useText();
  const dates = useDates();
  const [parameters, setParameters] = useSearchParams();
  const today = localDay(new Date());
  const asked = parameters.get("day") ?? "";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today;
  const open = Number(parameters.get("session")) || undefined;
  const { query, glowing, refresh } = useDayBoard(day);
  const [dialog, setDialog] = useState<DialogWish>();
  const [repairing, setRepairing] = useState<number>();
  const set = (name: string, value: string | undefined) =>
    setParameters(
      (now) => {
        if (value === undefined) now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const worst = inOrder(query.data?.sessions ?? [], true).find(lacksPeople);
  const cards = new Set(query.data?.sessions.filter(lacksPeople).map((session) => session.id));
  const writes = useGrant()?.role !== "regulator";
  // The worst first: who asks for a place waits below while somebody is missing.
  const requests = query.data && day === today && writes && (
    <Requests onOpen={(session) => set("session", String(session))} />
  );

  return (
    <Page
      title={dates.near(day, today)}
      lead={<Counts sessions={query.data?.sessions} />}
      actions={
        writes && (
          <Button
            variant={worst ? "default" : "filled"}
            leftSection={<Icon name="join" />}
            onClick={() => setDialog({ kind: "add", day })}
          >
            {t("board.add")}
          </Button>
        )
      }
    >
      <Stepper
        label={t("board.choose_day")}
        before={{ name: t("board.day_before"), go: () => set("day", addDays(day, -1)) }}
        after={{ name: t("board.day_after"), go: () => set("day", addDays(day, 1)) }}
        back={day !== today && { name: t("board.to_today"), go: () => set("day", undefined) }}
        large
      >
        {dates.day(day)}
      </Stepper>
      {day === today && writes && <Late />}
      {writes && <CutOffs but={cards} />}
      {!worst && requests}
      <Loaded query={query}>
        {(data) =>
          data.sessions.length === 0 ? (
            <EmptyState title={t("board.free_day")}>{t("board.free_day_hint")}</EmptyState>
          ) : (
            <Agenda
              sessions={data.sessions}
              sites={data.sites}
              glowing={glowing}
              unfilledFirst
              onOpen={(id) => set("session", String(id))}
              actions={(session) => (
                <Problem session={session} worst={session === worst} onRepair={() => setRepairing(session.id)} />
              )}
            />
          )
        }
      </Loaded>
      {worst && requests}
      {day === today && writes && <Lagging />}
      <Sheet opened={open !== undefined} onClose={() => set("session", undefined)} title={t("board.panel")}>
        {open !== undefined && <Panel key={open} id={open} onAct={setDialog} />}
      </Sheet>
      {repairing !== undefined && <RescueSheet id={repairing} onClose={() => setRepairing(undefined)} />}
      <SessionDialog
        wish={dialog}
        onClose={() => setDialog(undefined)}
        onDone={(id, _week, at) => {
          void refresh([id]);
          if (at && at !== day) set("day", at);
        }}
      />
    </Page>
  );
}
