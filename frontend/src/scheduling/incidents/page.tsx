/** 意外记录: where something happened, to be opened one by one; where something may have to be written down. */
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, OpenCard, Page, Pager, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Line, Session } from "./types";

export default function IncidentsPage() {
  const t = useText();
  const [skip, setSkip] = useState(0);
  const all = api.useQuery("get", "/api/incidents", { params: { query: { skip } } });
  return (
    <Page title={t("incident.title")} lead={t("incident.lead")}>
      <Loaded query={all}>
        {({ incidents, size, more, sessions }) => (
          <>
            <Section title={t("incident.write_where")}>
              {sessions.length === 0 && <p className={rows.soft}>{t("incident.no_sessions")}</p>}
              <div>
                {sessions.map((one) => (
                  <OpenCard key={one.id} to={`/incidents/write?session=${one.id}`}>
                    <Where session={one} />
                  </OpenCard>
                ))}
              </div>
            </Section>
            <Section title={t("incident.written")}>
              <p className={rows.soft}>{t("incident.opening_is_noted")}</p>
              {incidents.length === 0 && <EmptyState title={t("incident.none")}>{t("incident.none_hint")}</EmptyState>}
              <div>
                {incidents.map((one) => (
                  <IncidentCard key={one.id} incident={one} />
                ))}
              </div>
              <Pager skip={skip} size={size} more={more} onSkip={setSkip} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Where({ session }: { session: Session }) {
  const dates = useDates();
  return (
    <span className={rows.facts}>
      <span className={rows.name}>{dates.nearSpan(session.starts_at, session.ends_at)}</span>
      <span>{session.program}</span>
      <span className={rows.soft}>{session.hub}</span>
    </span>
  );
}

function IncidentCard({ incident }: { incident: Line }) {
  const t = useText();
  const dates = useDates();
  const { happened_at: at, session, written_by: name } = incident;
  return (
    <OpenCard to={`/incidents/note?incident=${incident.id}`}>
      <span className={rows.facts}>
        <span className={rows.name}>
          {dates.near(at)} {dates.time(at)}
        </span>
        <span>{session.program}</span>
        <span className={rows.soft}>{t("incident.written_by", { name, hub: session.hub })}</span>
      </span>
    </OpenCard>
  );
}
