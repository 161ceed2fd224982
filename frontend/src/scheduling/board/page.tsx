/** The week of one's sites: who is missing where, and what to do about it without leaving. */
import { Button, Drawer, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { type DialogWish, SessionDialog } from "@/scheduling/sessions";
import { EmptyState, Icon, isWeChat, Loaded, Page, useDates, WeChatFallback } from "@/ui";
import { Agenda } from "./Agenda";
import { arrange, type Filters, matches, onDay } from "./arrange";
import styles from "./board.module.css";
import { Counts } from "./Counts";
import { DayGrid } from "./DayGrid";
import { DayTabs } from "./DayTabs";
import { Panel } from "./Panel";
import { Toolbar } from "./Toolbar";
import type { Board, BoardSession } from "./types";
import { useWeekBoard } from "./useBoard";
import { useBoardKeys } from "./useBoardKeys";
import { useWeek } from "./useWeek";
import { WeekGrid } from "./WeekGrid";

const anything: Filters = { kind: "", search: "", unfilledFirst: false, ours: false };

export default function BoardPage() {
  const t = useText();
  const dates = useDates();
  const at = useWeek();
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false }) ?? true;
  const { query, glowing, refresh } = useWeekBoard(at.week, undefined);
  const role = useGrant()?.role;
  const [filters, setFilters] = useState({ ...anything, ours: role === "social_worker" });
  const [dialog, setDialog] = useState<DialogWish>();
  const searchRef = useRef<HTMLInputElement>(null);
  const writes = role !== "regulator";
  const kinds = useMemo(() => [...new Set(query.data?.sessions.map((one) => one.kind))].sort(), [query.data]);
  const latest = useRef(at);
  latest.current = at;
  // The same function for good, so that a bar is drawn again only when something of its own changes.
  const open = useCallback((id: number | undefined) => latest.current.set({ session: id }), []);
  const done = (id: number, week: string) => {
    void refresh([id]);
    if (week !== at.week) at.set({ week, day: undefined, session: id });
  };
  const exportPath = `/api/board/week.xlsx?week=${at.week}${at.hub ? `&hub=${at.hub}` : ""}`;

  return (
    <Page
      title={t(role === "social_worker" ? "board.title_schedule" : "board.title")}
      width="full"
      lead={<Counts sessions={inScope(query.data, at.hub)} />}
      actions={
        <>
          {wide && (
            <>
              <Button
                variant="default"
                leftSection={<Icon name="print" />}
                component={Link}
                to={`/week/print?week=${at.week}${at.hub ? `&hub=${at.hub}` : ""}`}
              >
                {t("board.print")}
              </Button>
              <Export path={exportPath} />
            </>
          )}
          {writes && (
            <Button
              // Beside an open session the main action is the session's.
              variant={at.session === undefined ? "filled" : "default"}
              leftSection={<Icon name="join" />}
              onClick={() => setDialog({ kind: "add", day: at.day, hub: at.hub })}
            >
              {t("board.add")}
            </Button>
          )}
        </>
      }
    >
      <Toolbar
        at={at}
        wide={wide}
        sites={query.data?.sites ?? []}
        kinds={kinds}
        filters={filters}
        onFilter={setFilters}
        searchRef={searchRef}
        mixed={role === "social_worker"}
      />
      <Loaded query={query}>
        {(board) =>
          board.sites.length === 0 ? (
            <EmptyState title={t("board.no_sites")}>{t("board.no_sites_hint")}</EmptyState>
          ) : board.sessions.length === 0 ? (
            <EmptyWeek imports={role === "coordinator" || role === "administrator"} />
          ) : (
            <div className={styles.layout} data-panel={wide && at.session !== undefined}>
              <Shown
                board={board}
                at={at}
                wide={wide}
                filters={filters}
                glowing={glowing}
                onOpen={open}
                onMove={(id) => setDialog({ kind: "move", id })}
                searchRef={searchRef}
              />
              {wide && at.session !== undefined && (
                <aside className={styles.panel} aria-label={t("board.panel")}>
                  <Panel key={at.session} id={at.session} onClose={() => open(undefined)} onAct={setDialog} />
                </aside>
              )}
            </div>
          )
        }
      </Loaded>
      {!wide && (
        <Drawer
          opened={at.session !== undefined}
          onClose={() => open(undefined)}
          position="bottom"
          size="90%"
          title={dates.week(at.week)}
          closeButtonProps={{ "aria-label": t("ui.close") }}
        >
          {at.session !== undefined && <Panel key={at.session} id={at.session} onAct={setDialog} />}
        </Drawer>
      )}
      <SessionDialog wish={dialog} onClose={() => setDialog(undefined)} onDone={done} />
    </Page>
  );
}

/** WeChat's browser loads no files: there the button says how to get at it. */
function Export({ path }: { path: string }) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const look = { variant: "default", leftSection: <Icon name="download" /> };
  if (!isWeChat()) {
    return (
      <Button {...look} component="a" href={path}>
        {t("board.export")}
      </Button>
    );
  }
  return (
    <>
      <Button {...look} onClick={() => setAsked(true)}>
        {t("board.export")}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("board.export")}
        closeButtonProps={{ "aria-label": t("ui.close") }}
      >
        <WeChatFallback address={new URL(path, window.location.origin).href}>{null}</WeChatFallback>
      </Modal>
    </>
  );
}

/** A week begins as a workbook, or with its first session. */
function EmptyWeek({ imports }: { imports: boolean }) {
  const t = useText();
  return (
    <EmptyState
      picture="calendar"
      title={t("board.nothing_that_week")}
      action={
        imports && (
          <Button component={Link} to="/import" variant="default">
            {t("board.to_import")}
          </Button>
        )
      }
    >
      {imports && t("board.nothing_that_week_hint")}
    </EmptyState>
  );
}

const inScope = (board: Board | undefined, hub: number | undefined): BoardSession[] | undefined =>
  board?.sessions.filter((session) => hub === undefined || session.hub === hub);

interface ShownProps {
  board: Board;
  at: ReturnType<typeof useWeek>;
  wide: boolean;
  filters: Filters;
  glowing: ReadonlySet<number>;
  onOpen: (id: number | undefined) => void;
  onMove: (id: number) => void;
  searchRef: React.RefObject<HTMLInputElement | null>;
}

function Shown({ board, at, wide, filters, glowing, onOpen, onMove, searchRef }: ShownProps) {
  const t = useText();
  const wanted = useDeferredValue(filters);
  const sites = useMemo(
    () => arrange(board.sites, board.sessions, wanted, at.hub),
    [board.sites, board.sessions, wanted, at.hub],
  );
  const rows = useMemo(() => {
    const all = sites.flatMap((site) => site.rows);
    if (at.view === "week" || !wide) return all;
    return all.map((row) => ({ ...row, sessions: onDay(row.sessions, at.day) }));
  }, [sites, at.view, at.day, wide]);
  const board_ = useRef<HTMLDivElement>(null);
  const keys = useBoardKeys({ board: board_, rows, selected: at.session, onOpen, onMove, searchRef });

  if (!wide) {
    const names = new Map(board.sites.map((site) => [site.id, site.name]));
    const fitting = (inScope(board, at.hub) ?? []).filter((one) => matches(one, wanted, names.get(one.hub) ?? ""));
    return (
      <div>
        <DayTabs days={at.days} day={at.day} sessions={fitting} onChoose={(day) => at.set({ day })} />
        <div style={{ height: "0.75rem" }} />
        <Agenda
          sessions={onDay(fitting, at.day)}
          sites={board.sites}
          glowing={glowing}
          unfilledFirst={wanted.unfilledFirst}
          onOpen={onOpen}
        />
      </div>
    );
  }
  if (sites.length === 0)
    return <EmptyState title={t("board.nothing_found")}>{t("board.nothing_found_hint")}</EmptyState>;
  const shared = {
    sites,
    today: board.today,
    unfilledFirst: wanted.unfilledFirst,
    selected: at.session,
    reachable: keys.reachable,
    glowing,
    onOpen,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the bars inside are the controls; arrows lead between them
    <div ref={board_} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
      {at.view === "day" ? (
        <>
          <DayTabs
            days={at.days}
            day={at.day}
            sessions={inScope(board, at.hub) ?? []}
            onChoose={(day) => at.set({ day })}
          />
          <DayGrid day={at.day} {...shared} />
        </>
      ) : (
        <WeekGrid week={at.week} {...shared} />
      )}
    </div>
  );
}
