/** The week of one's sites: who is missing where, and what to do about it without leaving. */
import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { Closed } from "@/scheduling/closures/Closed";
import { WeekTemplates } from "@/scheduling/series";
import { type DialogWish, type Held, SessionDialog } from "@/scheduling/sessions";
import { EmptyState, Icon, isWeChat, Loaded, Page, useDates, WeChatFallback } from "@/ui";
import { Sheet } from "@/ui/Sheet";
import { Agenda } from "./Agenda";
import { arrange, onDay, placeName } from "./arrange";
import styles from "./board.module.css";
import { Chips } from "./Chips";
import { Counts } from "./Counts";
import { DayGrid } from "./DayGrid";
import { DayTabs } from "./DayTabs";
import { DragLayer } from "./drag/DragLayer";
import { useDrop } from "./drag/useDrop";
import { type Filters, matches, useFilters } from "./filters";
import { Panel } from "./Panel";
import { Toolbar } from "./Toolbar";
import type { Board, BoardSession, BoardSite } from "./types";
import { useWeekBoard } from "./useBoard";
import { useBoardKeys } from "./useBoardKeys";
import { useServing } from "./useServing";
import { useWeek } from "./useWeek";
import { WeekGrid } from "./WeekGrid";

export default function BoardPage() {
  const t = useText();
  const dates = useDates();
  const at = useWeek();
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false }) ?? true;
  const { query, glowing, refresh, show } = useWeekBoard(at.week, undefined);
  const role = useGrant()?.role;
  const [filters, setFilters] = useFilters(role === "social_worker");
  const [dialog, setDialog] = useState<DialogWish>();
  const searchRef = useRef<HTMLInputElement>(null);
  const writes = role !== "regulator";
  const plans = role === "coordinator" || role === "administrator";
  const [templates, setTemplates] = useState(false);
  const inView = useMemo(() => inScope(query.data, at.hub), [query.data, at.hub]);
  const latest = useRef(at);
  latest.current = at;
  // The same function for good, so that a bar is drawn again only when something of its own changes.
  const open = useCallback((id: number | undefined) => latest.current.set({ session: id }), []);
  const done = (id: number, week: string) => {
    void refresh([id]);
    if (week !== at.week) at.set({ week, day: undefined, session: id });
  };
  const drop = useDrop({ show, refresh, ask: setDialog });
  const exportPath = `/api/board/week.xlsx?week=${at.week}${at.hub ? `&hub=${at.hub}` : ""}`;

  return (
    <Page
      title={t(role === "social_worker" ? "board.title_schedule" : "board.title")}
      width="full"
      lead={<Counts sessions={inView} />}
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
          {wide && plans && (
            <Button variant="default" leftSection={<Icon name="copy" />} onClick={() => setTemplates(true)}>
              {t("board.week_templates")}
            </Button>
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
        sessions={inView ?? []}
        filters={filters}
        onFilter={setFilters}
        searchRef={searchRef}
        mixed={role === "social_worker"}
      />
      <Closed week={at.week} hub={at.hub} />
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
                inView={inView ?? []}
                at={at}
                wide={wide}
                filters={filters}
                onFilter={setFilters}
                glowing={glowing}
                onOpen={open}
                onMove={(id) => setDialog({ kind: "move", id })}
                onDrop={drop}
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
        <Sheet opened={at.session !== undefined} onClose={() => open(undefined)} title={dates.week(at.week)}>
          {at.session !== undefined && <Panel key={at.session} id={at.session} onAct={setDialog} />}
        </Sheet>
      )}
      {templates && (
        <WeekTemplates
          week={at.week}
          sites={saveable(query.data?.sites ?? [], at.hub)}
          onClose={() => setTemplates(false)}
          onDone={() => {
            setTemplates(false);
            void query.refetch();
          }}
        />
      )}
      <SessionDialog wish={dialog} onClose={() => setDialog(undefined)} onDone={done} />
    </Page>
  );
}

/** The site in view first: it is whose week is meant. */
const saveable = (sites: BoardSite[], hub: number | undefined): BoardSite[] =>
  [...sites].sort((one, other) => Number(other.id === hub) - Number(one.id === hub));

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
  /** Of the site looked at. */
  inView: BoardSession[];
  at: ReturnType<typeof useWeek>;
  wide: boolean;
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
  glowing: ReadonlySet<number>;
  onOpen: (id: number | undefined) => void;
  onMove: (id: number) => void;
  onDrop: (session: BoardSession, held: Held) => void;
  searchRef: React.RefObject<HTMLInputElement | null>;
}

function Shown(props: ShownProps) {
  const { board, inView, at, wide, filters, onFilter, glowing, onOpen, onMove, onDrop, searchRef } = props;
  const t = useText();
  const wanted = useDeferredValue(filters);
  const nameOf = useMemo(() => placeName(board.sites), [board.sites]);
  const fitting = useMemo(() => {
    return inView.filter((session) => matches(session, wanted, nameOf(session)));
  }, [nameOf, inView, wanted]);
  const oneDay = wide && at.view === "day";
  const sites = useMemo(
    () => arrange(board.sites, oneDay ? onDay(fitting, at.day) : fitting, wanted, at.hub),
    [board.sites, fitting, oneDay, at.day, wanted, at.hub],
  );
  const rows = useMemo(() => sites.flatMap((site) => site.rows), [sites]);
  const serving = useServing(at.day, oneDay && at.needs);
  const board_ = useRef<HTMLDivElement>(null);
  const keys = useBoardKeys({ board: board_, rows, selected: at.session, onOpen, onMove, searchRef });
  const chips = <Chips filters={filters} onFilter={onFilter} shown={fitting.length} all={inView.length} />;
  const days = <DayTabs days={at.days} day={at.day} sessions={fitting} onChoose={(day) => at.set({ day })} />;

  if (!wide) {
    return (
      <div className={styles.stack}>
        {chips}
        {days}
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
  if (sites.length === 0) {
    return (
      <div className={styles.stack}>
        {chips}
        {oneDay && days}
        <EmptyState title={t("board.nothing_found")}>{t("board.nothing_found_hint")}</EmptyState>
      </div>
    );
  }
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
    <div ref={board_} className={styles.stack} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
      {chips}
      {oneDay ? (
        <>
          {days}
          <DayGrid day={at.day} {...shared} serving={serving} />
        </>
      ) : (
        <WeekGrid week={at.week} {...shared} />
      )}
      <DragLayer board={board_} sessions={board.sessions} placeName={nameOf} onDrop={onDrop} />
    </div>
  );
}
