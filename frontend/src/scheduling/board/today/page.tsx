/** Today, on a phone: the sessions of one's agency or sites, those with problems first. */
import { ActionIcon, Button, Drawer } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { type DialogWish, SessionDialog } from "@/scheduling/sessions";
import { addDays, EmptyState, Icon, Loaded, localDay, Page, useDates } from "@/ui";
import { Agenda } from "../Agenda";
import { inOrder } from "../arrange";
import styles from "../board.module.css";
import { Counts } from "../Counts";
import { Panel } from "../Panel";
import { RepairSheet } from "../RepairSheet";
import { lacksPeople } from "../types";
import { useDayBoard } from "../useBoard";
import { CutOffs } from "./CutOffs";
import { Late } from "./Late";
import { Problem } from "./Problem";

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
  const writes = useGrant()?.role !== "regulator";

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
      <nav className={styles.weekNav} aria-label={t("board.choose_day")}>
        <ActionIcon aria-label={t("board.day_before")} onClick={() => set("day", addDays(day, -1))}>
          <Icon name="back" />
        </ActionIcon>
        <span className={styles.weekName} aria-live="polite">
          {dates.day(day)}
        </span>
        <ActionIcon aria-label={t("board.day_after")} onClick={() => set("day", addDays(day, 1))}>
          <Icon name="forward" />
        </ActionIcon>
        {day !== today && (
          <Button variant="default" onClick={() => set("day", undefined)}>
            {t("board.to_today")}
          </Button>
        )}
      </nav>
      {day === today && writes && <Late />}
      {writes && <CutOffs />}
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
      <Drawer
        opened={open !== undefined}
        onClose={() => set("session", undefined)}
        position="bottom"
        size="90%"
        title={t("board.panel")}
        closeButtonProps={{ "aria-label": t("ui.close") }}
      >
        {open !== undefined && <Panel key={open} id={open} onAct={setDialog} />}
      </Drawer>
      {repairing !== undefined && <RepairSheet id={repairing} onClose={() => setRepairing(undefined)} />}
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
