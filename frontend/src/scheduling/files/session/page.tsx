/** One session's file, opened: that it was opened is noted. The sheet, the record, photos, faces. */
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { FileOut, Put } from "../types";
import { FaceCounts } from "./FaceCounts";
import { PhotosPart } from "./PhotosPart";
import { RecordPart } from "./RecordPart";
import { SheetPart } from "./SheetPart";

export default function SessionFilePage() {
  const t = useText();
  const session = Number(useSearchParams()[0].get("session")) || 0;
  const back = <Link to="/files">{t("file.back")}</Link>;
  return (
    <Page title={t("file.one")} lead={back}>
      {session ? <Opened key={session} session={session} /> : <EmptyState title={t("file.choose")} />}
    </Page>
  );
}

function Opened({ session }: { session: number }) {
  // Every answer is a reading that the journal keeps: asked for once, not again on every return to the window.
  const opened = api.useQuery(
    "get",
    "/api/files/sessions/{session_id}",
    { params: { path: { session_id: session } } },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return <Loaded query={opened}>{(data) => <Parts first={data} />}</Loaded>;
}

function Parts({ first }: { first: FileOut }) {
  const t = useText();
  const dates = useDates();
  const [file, change] = useState(first);
  const put: Put = (part) => change((known) => ({ ...known, ...part }));
  const { session, duty_worker: name, due_on, over } = file;
  return (
    <>
      <div className={rows.facts}>
        <span className={rows.name}>{dates.span(session.starts_at, session.ends_at)}</span>
        <span>
          {session.program} <span className={rows.soft}>{session.hub}</span>
        </span>
        <span className={rows.soft}>
          {name ? t("file.on_duty", { name }) : t("file.nobody_on_duty")}
          {t("file.semicolon")}
          {over ? t("file.due", { day: dates.near(due_on) }) : t("file.not_over")}
        </span>
      </div>
      <RecordPart file={file} put={put} />
      <PhotosPart file={file} put={put} />
      <FaceCounts file={file} put={put} />
      <SheetPart file={file} put={put} />
    </>
  );
}
