/** A hub's lobby screen: what is on now and in the next two hours, readable from five meters, nothing to click. */
import { useEffect } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { closedOn, useClosedWords } from "@/scheduling/closures/closedOn";
import { localDay, StateMark, useDates } from "@/ui";
import { Mark } from "@/ui/shell/Mark";
import { useNow } from "../../attendance/useNow";
import { onScreen, STALE_AFTER } from "./screen";
import { useLastingScreen } from "./useLastingScreen";
import styles from "./wall.module.css";

type Shown = components["schemas"]["WallShown"];
const EVERY = 10_000;

export default function WallPage() {
  const t = useText();
  const { token = "" } = useParams();
  const now = useNow(5_000);
  useLastingScreen();
  const query = api.useQuery(
    "get",
    "/api/wall-links/{token}",
    { params: { path: { token } } },
    { staleTime: 0, retry: false, refetchInterval: EVERY, refetchIntervalInBackground: true },
  );
  const hub = query.data?.hub ?? t("ui.product");
  useEffect(() => {
    document.title = hub;
  }, [hub]);
  const gone = query.error instanceof Refusal && query.error.status === 404;
  if (gone || (!query.data && query.error)) {
    return (
      <main className={styles.wall}>
        <h1 className={styles.hub}>{t(gone ? "wall.gone" : "wall.no_answer")}</h1>
        <p className={styles.note}>{t(gone ? "wall.gone_hint" : "wall.no_answer_hint")}</p>
      </main>
    );
  }
  return (
    <main className={styles.wall} aria-busy={!query.data}>
      {query.data && <Screen shown={query.data} now={now} readAt={query.dataUpdatedAt} />}
    </main>
  );
}

function Screen({ shown, now, readAt }: { shown: Shown; now: number; readAt: number }) {
  const t = useText();
  const dates = useDates();
  const moment = new Date(now);
  const { sessions, more, next } = onScreen(shown.sessions, now);
  const old = now - readAt > STALE_AFTER;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.hub}>{shown.hub}</h1>
        <p className={styles.clock}>
          <span>{dates.day(localDay(moment))}</span> <span className={styles.time}>{dates.time(moment)}</span>
        </p>
      </header>
      {old && (
        <p role="status" className={styles.old}>
          {t("wall.old", { time: dates.time(new Date(readAt)) })}
        </p>
      )}
      <Closed shown={shown} />
      {sessions.length === 0 ? (
        <div className={styles.empty}>
          <Mark size={96} />
          <p>{t("wall.nothing")}</p>
          {next && <p>{t("wall.next", { time: dates.time(next.starts_at), title: next.title })}</p>}
        </div>
      ) : (
        <ul className={styles.list}>
          {sessions.map((one) => (
            <li key={one.id} className={styles.row} data-state={one.state}>
              <span className={styles.when}>
                {Date.parse(one.starts_at) <= now
                  ? t("wall.until", { time: dates.time(one.ends_at) })
                  : dates.time(one.starts_at)}
              </span>
              <span className={styles.what}>
                <span className={styles.title}>{one.title}</span>
                {one.room && <span className={styles.room}>{one.room}</span>}
              </span>
              <StateMark state={one.state} missing={one.missing} />
            </li>
          ))}
        </ul>
      )}
      <footer className={styles.foot}>{more > 0 ? t("wall.more", { count: more }) : t("wall.help")}</footer>
    </>
  );
}

/** The hub is closed, or a room, for some of today. */
function Closed({ shown: { closures, day } }: { shown: Shown }) {
  const t = useText();
  const words = useClosedWords();
  const today = closedOn(closures, day);
  if (today.length === 0) return null;
  return (
    <ul className={styles.closed}>
      {today.map((one) => {
        const { place, hours } = words(one, day);
        return (
          <li key={`${one.starts_at}${one.room}`}>
            <StateMark state="cancelled">{t("closed.mark")}</StateMark>
            <span>{place}</span>
            <span>{hours}</span>
          </li>
        );
      })}
    </ul>
  );
}
