/** 活动档案: what the files of the last weeks lack, the latest first. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useScopesLive } from "@/live/useScopesLive";
import { EmptyState, Loaded, OpenCard, Page, Pager, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Lacks } from "./Lacks";
import type { Lacking } from "./types";

export default function FilesPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const [skip, setSkip] = useState(0);
  const late = search.get("late") !== null;
  useScopesLive();
  const missing = api.useQuery(
    "get",
    "/api/files",
    { params: { query: { skip, late } } },
    { meta: { live: ["file", "attendance"] } },
  );
  const choose = (value: string) => {
    setSkip(0);
    setSearch(value === "late" ? { late: "" } : {}, { replace: true });
  };
  return (
    <Page title={t("file.title")} lead={t("file.lead")}>
      <OpenCard to="/files/months">{t("file.to_months")}</OpenCard>
      <Loaded query={missing}>
        {({ files, size, more, count, late: overdue }) => (
          <>
            <SegmentedControl
              fullWidth
              value={late ? "late" : "all"}
              onChange={choose}
              aria-label={t("file.which")}
              data={[
                { value: "all", label: late ? t("file.all") : t("file.all_counted", { count }) },
                { value: "late", label: t("file.late", { count: overdue }) },
              ]}
            />
            {files.length === 0 && (
              <EmptyState title={t(late ? "file.none_late" : "file.none")}>{t("file.none_hint")}</EmptyState>
            )}
            <div>
              {files.map((one) => (
                <Row key={one.session.id} file={one} />
              ))}
            </div>
            <Pager skip={skip} size={size} more={more} onSkip={setSkip} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Row({ file: { session, lacks, due_on } }: { file: Lacking }) {
  const dates = useDates();
  return (
    <OpenCard to={`/files/session?session=${session.id}`}>
      <span className={rows.facts}>
        <span className={rows.name}>{dates.span(session.starts_at, session.ends_at)}</span>
        <span>
          {session.program} <span className={rows.soft}>{session.hub}</span>
        </span>
        <Lacks lacks={lacks} due={due_on} />
      </span>
    </OpenCard>
  );
}
