/** One incident, opened: that it was opened is noted. Added to, never changed. */
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, Page, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Guidance } from "../Guidance";
import styles from "../incidents.module.css";
import type { Incident, Passage } from "../types";
import { Amend } from "./Amend";
import { ConcernedRow } from "./ConcernedRow";

export default function NotePage() {
  const t = useText();
  const incident = Number(useSearchParams()[0].get("incident")) || 0;
  const back = <Link to="/incidents">{t("incident.back")}</Link>;
  return (
    <Page title={t("incident.note")} lead={back}>
      {incident ? <Opened incident={incident} /> : <EmptyState title={t("incident.choose")} />}
    </Page>
  );
}

function Opened({ incident }: { incident: number }) {
  // Every answer is a reading that the journal keeps: asked for once, not again on every return to the window.
  const opened = api.useQuery(
    "get",
    "/api/incidents/{incident_id}",
    { params: { path: { incident_id: incident } } },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return <Loaded query={opened}>{(data) => <Note incident={data} onChanged={opened.refetch} />}</Loaded>;
}

function Note({ incident, onChanged }: { incident: Incident; onChanged: () => unknown }) {
  const t = useText();
  const dates = useDates();
  const { session, nature, happened_at: at, passages, concerned } = incident;
  return (
    <>
      <div className={rows.facts}>
        <span className={rows.name}>
          {dates.day(at)} {dates.time(at)}
        </span>
        <span>
          {session.program} {"\u00b7"} {session.hub}
        </span>
        <span className={rows.lead}>
          {nature === "suspicion" && <Icon name="warning" />}
          {t(`incident.${nature}`)}
        </span>
      </div>
      {nature === "suspicion" && <Guidance />}
      <Section title={t("incident.passages")}>
        <ol className={rows.list}>
          {passages.map((one) => (
            <PassageRow key={one.id} passage={one} />
          ))}
        </ol>
      </Section>
      <Section title={t("incident.concerned")}>
        {concerned.length === 0 && <p className={rows.soft}>{t("incident.nobody")}</p>}
        <ul className={rows.list}>
          {concerned.map((one) => (
            <ConcernedRow key={one.child} incident={incident} concerned={one} onChanged={onChanged} />
          ))}
        </ul>
      </Section>
      <Amend incident={incident} onChanged={onChanged} />
    </>
  );
}

function PassageRow({ passage }: { passage: Passage }) {
  const t = useText();
  const dates = useDates();
  const { what, done, reported_at: at, reported_to: to } = passage;
  return (
    <li className={rows.row}>
      {what && <p className={styles.words}>{what}</p>}
      {done && <p className={styles.words}>{t("incident.done_was", { done })}</p>}
      {at && <p>{t("incident.reported_was", { when: `${dates.day(at)} ${dates.time(at)}`, to })}</p>}
      <span className={rows.soft}>
        {passage.by} {dates.day(passage.at)} {dates.time(passage.at)}
      </span>
    </li>
  );
}
