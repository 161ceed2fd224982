/** The week for a hub's wall: A4 or A3 across, black on white, days as columns, what is closed on top of them, no names of
 * volunteers or children. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { closedOn, useClosedWords } from "@/scheduling/closures/closedOn";
import type { Closure } from "@/scheduling/closures/types";
import { useClosures } from "@/scheduling/closures/useClosures";
import { EmptyState, Loaded, StateMark, useDates } from "@/ui";
import { PaperPage, PaperTools } from "@/ui/PaperPage";
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
  const closures = useClosures({ week: at.week });
  const [paper, setPaper] = useState("A4");
  const role = useGrant()?.role;
  const home = role === "regulator" ? "/overview" : role === "social_worker" ? "/schedule" : "/week";
  return (
    <PaperPage title={dates.week(at.week)} across large={paper === "A3"}>
      <Loaded query={query}>
        {(board) => {
          const site = board.sites.find((one) => one.id === at.hub) ?? board.sites[0];
          if (!site) return <EmptyState title={t("board.no_sites")}>{t("board.no_sites_hint")}</EmptyState>;
          return (
            <>
              <PaperTools
                back={t("board.back")}
                to={`${home}?week=${at.week}`}
                ready={!query.isPlaceholderData && closures.isSuccess}
              >
                <WeekNav week={at.week} today={at.today} goTo={at.goTo} />
                <NativeSelect
                  aria-label={t("board.site")}
                  value={site.id}
                  onChange={(event) => at.set({ hub: event.currentTarget.value })}
                  data={board.sites.map((one) => ({ value: String(one.id), label: one.name }))}
                />
                <NativeSelect
                  aria-label={t("board.paper")}
                  value={paper}
                  onChange={(event) => setPaper(event.currentTarget.value)}
                  data={["A4", "A3"]}
                />
                {(role === "coordinator" || role === "administrator") && (
                  <Link to="/week/walls">{t("walls.title")}</Link>
                )}
              </PaperTools>
              <header className={styles.head}>
                <h1>{site.name}</h1>
                <p>{dates.week(at.week)}</p>
              </header>
              <Loaded query={closures}>
                {(found) => <Sheet board={board} closures={found} site={site.id} days={at.days} />}
              </Loaded>
            </>
          );
        }}
      </Loaded>
    </PaperPage>
  );
}

interface SheetProps {
  board: Board;
  closures: Closure[];
  site: number;
  days: string[];
}

function Sheet({ board, closures, site, days }: SheetProps) {
  const t = useText();
  const dates = useDates();
  const rooms = new Map(board.sites.flatMap((one) => one.rooms.map((room) => [room.id, room.name])));
  const sessions = board.sessions.filter((one) => one.hub === site);
  const words = useClosedWords();
  const closed = closures.filter((one) => one.hub === site).map((one) => ({ ...one, room: one.room_name }));
  if (sessions.length + closed.length === 0) return <EmptyState title={t("board.nothing_that_week")} />;
  return (
    <div className={styles.week}>
      {days.map((day) => (
        <section key={day} className={styles.day}>
          <h2>{dates.day(day)}</h2>
          {closedOn(closed, day).map((one) => {
            const { place, hours } = words(one, day);
            return (
              <div key={one.id} className={styles.session}>
                <strong>{hours}</strong>
                <span className={styles.title}>{place}</span>
                <StateMark state="cancelled">{t("closed.mark")}</StateMark>
              </div>
            );
          })}
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
