/** The week for a hub's wall: A4 across, black on white, days as columns, no names of volunteers or children. */
import { Button, NativeSelect } from "@mantine/core";
import { useEffect } from "react";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, StateMark, useDates } from "@/ui";
import { onDay } from "../arrange";
import type { Board } from "../types";
import { useWeekBoard } from "../useBoard";
import { useWeek } from "../useWeek";
import { WeekNav } from "../WeekNav";
import styles from "./print.module.css";

export default function PrintPage() {
  const t = useText();
  const dates = useDates();
  const at = useWeek();
  const { query } = useWeekBoard(at.week, undefined);
  useEffect(() => {
    document.title = `${dates.week(at.week)} \u00b7 ${t("ui.product")}`;
  }, [dates, at.week, t]);
  return (
    <main className={styles.sheet}>
      <Loaded query={query}>
        {(board) => {
          const site = board.sites.find((one) => one.id === at.hub) ?? board.sites[0];
          if (!site) return <EmptyState title={t("board.no_sites")}>{t("board.no_sites_hint")}</EmptyState>;
          return (
            <>
              <div className={styles.tools} data-no-print>
                <Link to={`/?week=${at.week}`}>{t("board.back")}</Link>
                <WeekNav week={at.week} today={at.today} goTo={at.goTo} />
                <NativeSelect
                  aria-label={t("board.site")}
                  value={site.id}
                  onChange={(event) => at.set({ hub: event.currentTarget.value })}
                  data={board.sites.map((one) => ({ value: String(one.id), label: one.name }))}
                />
                <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
                  {t("board.print_now")}
                </Button>
              </div>
              <header className={styles.head}>
                <h1>{site.name}</h1>
                <p>{dates.week(at.week)}</p>
              </header>
              <Sheet board={board} site={site.id} days={at.days} />
            </>
          );
        }}
      </Loaded>
    </main>
  );
}

function Sheet({ board, site, days }: { board: Board; site: number; days: string[] }) {
  const t = useText();
  const dates = useDates();
  const rooms = new Map(board.sites.flatMap((one) => one.rooms.map((room) => [room.id, room.name])));
  const sessions = board.sessions.filter((one) => one.hub === site);
  if (sessions.length === 0) return <EmptyState title={t("board.nothing_that_week")} />;
  return (
    <div className={styles.week}>
      {days.map((day) => (
        <section key={day} className={styles.day}>
          <h2>{dates.day(day)}</h2>
          {onDay(sessions, day).map((session) => (
            <div key={session.id} className={styles.session} data-state={session.state}>
              <strong>
                {dates.time(session.starts_at)}-{dates.time(session.ends_at)}
              </strong>
              <span className={styles.title}>{session.title}</span>
              <span>{rooms.get(session.room ?? 0) ?? t("board.outside")}</span>
              {session.duty_worker && <span>{t("board.duty_is", { name: session.duty_worker })}</span>}
              <StateMark state={session.state} missing={session.missing} />
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
