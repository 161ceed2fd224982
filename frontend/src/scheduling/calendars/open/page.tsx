/** What a hub announces, for whoever scans the code at its door: the coming two weeks, what is closed in them, and the
 * calendar to take along. */
import { Title } from "@mantine/core";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { closedOn, useClosedWords } from "@/scheduling/closures/closedOn";
import { addDays, BarePage, EmptyState, Loaded, localDay, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Subscribe } from "../Subscribe";
import styles from "./open.module.css";

type Shown = components["schemas"]["OpenCalendarOut"];
const DAYS = 15;

export default function OpenPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const hub = Number(parameters.get("hub"));
  const known = Number.isSafeInteger(hub) && hub > 0;
  const query = api.useQuery(
    "get",
    "/api/hubs/{hub_id}/open-calendar",
    { params: { path: { hub_id: hub } } },
    { enabled: known, retry: false },
  );
  return (
    <BarePage title={query.data?.hub ?? t("open.page")} named>
      {known ? (
        <Loaded query={query}>{(shown) => <Hub shown={shown} />}</Loaded>
      ) : (
        <EmptyState order={1} title={t("errors.not_found_open_calendar")}>
          {t("open.ask")}
        </EmptyState>
      )}
    </BarePage>
  );
}

function Hub({ shown }: { shown: Shown }) {
  const t = useText();
  const dates = useDates();
  const closedWords = useClosedWords();
  const today = localDay(new Date());
  const coming = Array.from({ length: DAYS }, (_, ahead) => addDays(today, ahead));
  const held = shown.sessions.map((one) => localDay(one.starts_at));
  const closed = coming.filter((day) => closedOn(shown.closures, day).length > 0);
  const days = [...new Set([...held, ...closed])].sort();
  return (
    <>
      <div>
        <Title order={1}>{shown.hub}</Title>
        {shown.address && <p>{shown.address}</p>}
        {shown.opening && <p className={rows.soft}>{t("open.hours", { hours: shown.opening })}</p>}
      </div>
      {days.length === 0 && <EmptyState title={t("open.nothing")}>{t("open.nothing_hint")}</EmptyState>}
      {days.map((day) => (
        <section key={day} className={styles.day}>
          <Title order={2}>{dates.near(day)}</Title>
          <ul className={rows.list}>
            {closedOn(shown.closures, day).map((one) => {
              const { place, hours } = closedWords(one, day);
              return (
                <li key={`${one.starts_at}${one.room}`} className={styles.session}>
                  <span className={styles.time}>{hours}</span>
                  <span className={rows.told}>
                    <StateMark state="cancelled">{t("closed.mark")}</StateMark>
                    <span>{place}</span>
                  </span>
                </li>
              );
            })}
            {shown.sessions
              .filter((one) => localDay(one.starts_at) === day)
              .map((one) => (
                <li key={`${one.starts_at}${one.title}${one.room}`} className={styles.session}>
                  <span className={styles.time}>
                    {dates.time(one.starts_at)}-{dates.time(one.ends_at)}
                  </span>
                  <span className={styles.what} data-gone={one.cancelled || undefined}>
                    {one.title}
                  </span>
                  <span className={rows.soft}>{[one.room, one.agency].filter(Boolean).join(t("ui.joiner"))}</span>
                  {one.cancelled && <StateMark state="cancelled" />}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section className={styles.take}>
        <Title order={2}>{t("open.subscribe")}</Title>
        <p>{t("open.subscribe_hint")}</p>
        <Subscribe path={shown.path} />
      </section>
    </>
  );
}
