/** 我家借的书: each reader's books with their days, what they wait for, and how far the snail is. */
import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { EmptyState, Loaded, Page, Section } from "@/ui";
import styles from "../circulation.module.css";
import { HoldLine } from "../HoldLine";
import { LoanLine } from "../LoanLine";
import { useTownName } from "../snail/useTownName";
import type { ReaderBooks } from "../types";

const has = (reader: ReaderBooks) => reader.loans.length + reader.holds.length > 0;

export default function MyBooksPage() {
  const t = useText();
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const mine = api.useQuery("get", "/api/lending/mine", {}, { meta: { live: ["books"] } });
  return (
    <Page title={t("ours.title")} lead={t("ours.lead")}>
      <Loaded query={mine}>{({ readers }) => <Readers readers={readers} />}</Loaded>
    </Page>
  );
}

/** Children first; grown-ups only where they have books. */
function Readers({ readers }: { readers: ReaderBooks[] }) {
  const t = useText();
  const [chosen, choose] = useState<string | null>(null);
  const shown = readers.filter((one) => one.child || has(one));
  const first = shown[0];
  if (!first) {
    return (
      <EmptyState picture="snail" title={t("ours.nobody")}>
        {t("ours.nobody_hint")}
      </EmptyState>
    );
  }
  if (shown.length === 1) return <OneReader reader={first} />;
  return (
    <Tabs value={chosen ?? String(first.id)} onChange={choose} keepMounted={false}>
      <Tabs.List aria-label={t("ours.readers")}>
        {shown.map((reader) => (
          <Tabs.Tab key={reader.id} value={String(reader.id)}>
            {t("ours.tab", { name: reader.name, count: reader.loans.length })}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map((reader) => (
        <Tabs.Panel key={reader.id} value={String(reader.id)} pt="md">
          <OneReader reader={reader} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function OneReader({ reader }: { reader: ReaderBooks }) {
  const t = useText();
  const navigate = useNavigate();
  return (
    <>
      {reader.loans.length > 0 && (
        <Section title={t("ours.loans")}>
          <ul className={styles.lines}>
            {reader.loans.map((loan) => (
              <LoanLine key={loan.id} loan={loan} />
            ))}
          </ul>
        </Section>
      )}
      {reader.holds.length > 0 && (
        <Section title={t("ours.holds")}>
          <ul className={styles.lines}>
            {reader.holds.map((hold) => (
              <HoldLine key={hold.id} hold={hold} />
            ))}
          </ul>
        </Section>
      )}
      {!has(reader) && (
        <EmptyState
          picture="snail"
          title={t("ours.nothing")}
          action={<Button onClick={() => navigate("/books")}>{t("ours.find")}</Button>}
        >
          {t("ours.nothing_hint")}
        </EmptyState>
      )}
      {reader.snail && <SnailLine reader={reader} />}
    </>
  );
}

function SnailLine({ reader }: { reader: ReaderBooks }) {
  const t = useText();
  const townName = useTownName();
  const { snail } = reader;
  if (!snail) return null;
  return (
    <Section title={t("snail.title")}>
      <div className={styles.snail}>
        <span>
          {t("snail.at", { town: townName(snail.place) })} {t("snail.to_next", { points: snail.to_next })}
        </span>
        <Link to={`/books/snail?child=${reader.id}`}>{t("snail.open")}</Link>
      </div>
    </Section>
  );
}
