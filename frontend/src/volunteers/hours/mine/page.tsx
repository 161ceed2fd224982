/** My service: how much it is, what waits for my word, and the certificate. */

import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { EmptyState, Loaded, Page, Section, useElder } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import type { HoursRecord, Mine as MyHours } from "../types";
import { tenths, useDuration } from "../useHours";
import { Certificates } from "./Certificates";
import { RecordRow } from "./RecordRow";

const waits = (record: HoursRecord) => record.state === "entered" && !record.mine_confirmed;

export default function MyHoursPage() {
  const t = useText();
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const mine = api.useQuery("get", "/api/hours/mine", {}, { meta: { live: ["record"] } });
  return (
    <Page title={t("hours.title")}>
      <Loaded query={mine}>{(data) => <Mine data={data} />}</Loaded>
    </Page>
  );
}

function Mine({ data }: { data: MyHours }) {
  const t = useText();
  const elder = useElder();
  const duration = useDuration();
  const open = data.records.filter(waits);
  const others = data.records.filter((record) => !waits(record));
  return (
    <>
      <Sum data={data} />
      {open.length > 0 && (
        <Section title={t("hours.to_answer", { n: data.to_answer })}>
          <p className={rows.soft}>{t("hours.to_answer_hint")}</p>
          <ul className={rows.list}>
            {open.map((record) => (
              <RecordRow key={record.id} record={record} />
            ))}
          </ul>
        </Section>
      )}
      <Certificates some={data.minutes > 0} />
      {data.programs.length > 0 && !elder && (
        <Section title={t("hours.by_program")}>
          <ul className={styles.programs}>
            {data.programs.map((one) => (
              <li key={one.name}>
                <span>
                  {one.name} <span className={rows.soft}>{t("hours.times", { n: one.times })}</span>
                </span>
                <span>{duration(one.minutes)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("hours.records")}>
        {data.records.length === 0 ? (
          <EmptyState title={t("hours.none")}>{t("hours.none_hint")}</EmptyState>
        ) : (
          <>
            <ul className={rows.list}>
              {others.map((record) => (
                <RecordRow key={record.id} record={record} />
              ))}
            </ul>
            {data.before !== null && <Older before={data.before} />}
          </>
        )}
      </Section>
    </>
  );
}

function Sum({ data }: { data: MyHours }) {
  const t = useText();
  const { level, most, next_minutes: next } = data.stars;
  return (
    <section className={styles.sum} aria-label={t("hours.total")}>
      <span className={rows.soft}>{t("hours.total")}</span>
      <span className={styles.total}>{t("hours.hours", { hours: tenths(data.minutes + data.prior_minutes) })}</span>
      <span className={styles.stars}>
        <span className={styles.star} aria-hidden="true">
          {"\u2605".repeat(level) + "\u2606".repeat(most - level)}
        </span>
        <span>{level > 0 ? t("hours.stars", { n: level }) : t("hours.no_star")}</span>
        {next !== null && <span className={rows.soft}>{t("hours.to_next", { hours: Math.ceil(next / 6) / 10 })}</span>}
      </span>
      <span className={rows.soft}>{t("hours.this_year", { hours: tenths(data.this_year) })}</span>
      {data.open_minutes > 0 && (
        <span className={rows.soft}>{t("hours.open", { hours: tenths(data.open_minutes) })}</span>
      )}
      {data.prior_minutes > 0 && (
        <span className={rows.soft}>{t("hours.prior", { hours: tenths(data.prior_minutes) })}</span>
      )}
    </section>
  );
}

function Older({ before }: { before: number }) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const older = api.useQuery(
    "get",
    "/api/hours/mine",
    { params: { query: { before } } },
    { enabled: asked, meta: { live: ["record"] } },
  );
  if (!asked) {
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("hours.older")}
      </Button>
    );
  }
  return (
    <Loaded query={older}>
      {(data) => (
        <>
          <ul className={rows.list}>
            {data.records.map((record) => (
              <RecordRow key={record.id} record={record} />
            ))}
          </ul>
          {data.before !== null && <Older before={data.before} />}
        </>
      )}
    </Loaded>
  );
}
