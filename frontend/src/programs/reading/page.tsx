/** 共读记录: the sessions behind us, and how many of their children are noted. */
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useScopesLive } from "@/live/useScopesLive";
import { EmptyState, Loaded, OpenCard, Page, Pager, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Behind } from "./types";

export default function ReadingPage() {
  const t = useText();
  const [skip, setSkip] = useState(0);
  useScopesLive();
  const desk = api.useQuery(
    "get",
    "/api/reading/sessions",
    { params: { query: { skip } } },
    { meta: { live: ["reading", "session", "booking"] } },
  );
  return (
    <Page title={t("reading.title")} lead={t("reading.lead")}>
      <Loaded query={desk}>
        {({ sessions, size, more }) => (
          <>
            {sessions.length === 0 && (
              <EmptyState picture="snail" title={t("reading.none")}>
                {t("reading.none_hint")}
              </EmptyState>
            )}
            <div>
              {sessions.map((one) => (
                <SessionCard key={one.id} session={one} />
              ))}
            </div>
            <Pager skip={skip} size={size} more={more} onSkip={setSkip} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function SessionCard({ session }: { session: Behind }) {
  const t = useText();
  const dates = useDates();
  const { children, noted } = session;
  const left = children - noted;
  return (
    <OpenCard to={`/reading/sheet?session=${session.id}`}>
      <span className={rows.facts}>
        <span className={rows.name}>{dates.nearSpan(session.starts_at, session.ends_at)}</span>
        <span>{session.program}</span>
        <span className={rows.soft}>{[session.hub, session.room].filter(Boolean).join(t("ui.joiner"))}</span>
        <StateMark state={left === 0 ? "full" : noted === 0 ? "empty" : "short"}>
          {left === 0 ? t("reading.all_noted", { n: children }) : t("reading.left", { left, children })}
        </StateMark>
      </span>
    </OpenCard>
  );
}
