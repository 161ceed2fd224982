/** After a session, on a tablet: children as rows, the same book for all with one tap. */
import { Button, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, notifyDone, Page, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { type BookNamed, changedOnly, type Draft, draftOf, fillIn, isReadable } from "../draft";
import styles from "../reading.module.css";
import type { Row, Sheet } from "../types";
import { ChildRow } from "./ChildRow";
import { SameBook } from "./SameBook";
import { useUnsaved } from "./useUnsaved";

export default function SheetPage() {
  const t = useText();
  const session = Number(useSearchParams()[0].get("session")) || 0;
  if (!session) return <NoneChosen />;
  return (
    <Page title={t("reading.sheet_title")} width="full" lead={<Link to="/reading">{t("reading.back")}</Link>}>
      <OneSheet key={session} session={session} />
    </Page>
  );
}

function NoneChosen() {
  const t = useText();
  return (
    <Page title={t("reading.sheet_title")}>
      <EmptyState picture="snail" title={t("reading.choose")} action={<Link to="/reading">{t("reading.back")}</Link>} />
    </Page>
  );
}

function OneSheet({ session }: { session: number }) {
  const sheet = api.useQuery("get", "/api/reading/sessions/{session_id}", {
    params: { path: { session_id: session } },
  });
  return <Loaded query={sheet}>{(data) => <Rows sheet={data} onSaved={sheet.refetch} />}</Loaded>;
}

function Rows({ sheet, onSaved }: { sheet: Sheet; onSaved: () => unknown }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const { session, children } = sheet;
  const [drafts, setDrafts] = useState<Record<number, Draft>>({});
  const save = api.useMutation("put", "/api/reading/sessions/{session_id}", {
    onSuccess: async () => {
      await onSaved();
      setDrafts({});
      notifyDone(t("reading.saved"));
    },
  });
  const stored = useMemo(() => new Map(children.map((row) => [row.booking, draftOf(row)])), [children]);
  const shown = (row: Row): Draft => drafts[row.booking] ?? stored.get(row.booking) ?? draftOf(row);
  const change = (booking: number, draft: Draft) => setDrafts((all) => ({ ...all, [booking]: draft }));
  const fill = (book: BookNamed, pages: string) =>
    setDrafts((all) => ({
      ...all,
      ...Object.fromEntries(children.map((row) => [row.booking, fillIn(shown(row), book, pages)])),
    }));
  const changed = changedOnly(children, drafts);
  const wrong = Object.values(drafts).some((draft) => !isReadable(draft));
  useUnsaved(changed.length > 0);
  return (
    <>
      <Text>
        {dates.span(session.starts_at, session.ends_at)} {session.program} {"\u00b7"} {session.hub}
      </Text>
      <SameBook lately={sheet.titles} onFill={fill} />
      <ul className={rows.list}>
        {children.map((row) => (
          <ChildRow
            key={row.booking}
            row={row}
            draft={shown(row)}
            lately={sheet.titles}
            onChange={(draft) => change(row.booking, draft)}
          />
        ))}
      </ul>
      <div className={styles.save}>
        {save.error !== null && (
          <span role="alert" className={rows.error}>
            {words(save.error)}
          </span>
        )}
        <span className={rows.soft} aria-live="polite">
          {wrong ? t("reading.pages_unreadable") : t("reading.changed", { n: changed.length })}
        </span>
        <Button
          disabled={changed.length === 0 || wrong}
          loading={save.isPending}
          onClick={() => save.mutate({ params: { path: { session_id: session.id } }, body: { children: changed } })}
        >
          {t("reading.save")}
        </Button>
      </div>
    </>
  );
}
