/** Files for the official platform: which columns, what is new, and what was uploaded. */
import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import {
  EmptyState,
  Icon,
  Loaded,
  notifyDone,
  Page,
  Section,
  StateMark,
  useDates,
  useErrorText,
  WeChatFallback,
} from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import { useRefreshHours } from "../useHours";

type Exports = components["schemas"]["HoursExports"];
type Export = components["schemas"]["HoursExport"];

export default function ExportsPage() {
  const t = useText();
  const exports = api.useQuery("get", "/api/hours/exports", {}, { meta: { live: ["record"] } });
  return (
    <Page title={t("hours.export_title")} lead={t("hours.export_lead")}>
      <Loaded query={exports}>
        {(data) => (
          <>
            <Make data={data} />
            <Section title={t("hours.export_files")}>
              {data.exports.length === 0 ? (
                <EmptyState title={t("hours.export_none")} />
              ) : (
                <ul className={rows.list}>
                  {data.exports.map((one) => (
                    <OneExport key={one.id} one={one} />
                  ))}
                </ul>
              )}
            </Section>
            <Columns key={data.columns.join()} data={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Make({ data }: { data: Exports }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshHours();
  const [again, setAgain] = useState(false);
  const make = api.useMutation("post", "/api/hours/exports", {
    onSuccess: ({ records }) => notifyDone(t("hours.export_made", { n: records })),
    onSettled: refresh,
  });
  return (
    <Section title={t("hours.export_waiting", { n: data.waiting })}>
      <Checkbox
        label={t("hours.export_again")}
        checked={again}
        onChange={(event) => setAgain(event.currentTarget.checked)}
      />
      {make.error !== null && (
        <span role="alert" className={rows.error}>
          {words(make.error)}
        </span>
      )}
      <div className={styles.buttons}>
        <Button
          onClick={() => make.mutate({ body: { again } })}
          loading={make.isPending}
          disabled={data.waiting === 0 && !again}
        >
          {t("hours.export_make")}
        </Button>
      </div>
    </Section>
  );
}

function OneExport({ one }: { one: Export }) {
  const t = useText();
  const dates = useDates();
  const refresh = useRefreshHours();
  const mark = api.useMutation("post", "/api/hours/exports/{export_id}/uploaded", {
    onSuccess: () => notifyDone(t("hours.export_marked")),
    onSettled: refresh,
  });
  const when = `${dates.day(one.made_at)} ${dates.time(one.made_at)}`;
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{t("hours.export_of", { n: one.records, when })}</span>
        <span className={rows.soft}>{t("hours.story_by", { name: one.made_by })}</span>
      </div>
      {one.uploaded_at ? (
        <StateMark state="full">
          {t("hours.export_uploaded", { day: dates.day(one.uploaded_at), name: one.uploaded_by })}
        </StateMark>
      ) : (
        <StateMark state="waiting">{t("hours.export_not_uploaded")}</StateMark>
      )}
      <WeChatFallback address={window.location.href}>
        <div className={styles.buttons}>
          <Button component="a" href={`/api/hours/exports/${one.id}/file`} download variant="default">
            {t("hours.export_download")}
          </Button>
          {!one.uploaded_at && (
            <Button
              variant="subtle"
              onClick={() => mark.mutate({ params: { path: { export_id: one.id } } })}
              loading={mark.isPending}
            >
              {t("hours.export_mark")}
            </Button>
          )}
        </div>
      </WeChatFallback>
    </li>
  );
}

/** Chosen ones in their order, then the others. */
function Columns({ data }: { data: Exports }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshHours();
  const [chosen, setChosen] = useState(data.columns);
  const save = api.useMutation("put", "/api/hours/exports/columns", {
    onSuccess: () => notifyDone(t("hours.columns_saved")),
    onSettled: refresh,
  });
  const move = (key: string, by: number) => {
    const place = chosen.indexOf(key);
    const next = chosen.filter((one) => one !== key);
    next.splice(place + by, 0, key);
    setChosen(next);
  };
  const others = data.available.filter((key) => !chosen.includes(key));
  return (
    <Section title={t("hours.columns")}>
      <p className={rows.soft}>{t("hours.columns_hint")}</p>
      <ul className={styles.columns}>
        {chosen.map((key, place) => {
          const name = t(`hours.column_${key}`);
          return (
            <li key={key}>
              <Checkbox
                label={name}
                checked
                onChange={() => setChosen(chosen.filter((one) => one !== key))}
                disabled={chosen.length === 1}
              />
              <span className={styles.order}>
                <ActionIcon
                  aria-label={t("hours.column_earlier", { name })}
                  disabled={place === 0}
                  onClick={() => move(key, -1)}
                >
                  <span className={styles.up}>
                    <Icon name="down" />
                  </span>
                </ActionIcon>
                <ActionIcon
                  aria-label={t("hours.column_later", { name })}
                  disabled={place === chosen.length - 1}
                  onClick={() => move(key, 1)}
                >
                  <Icon name="down" />
                </ActionIcon>
              </span>
            </li>
          );
        })}
        {others.map((key) => (
          <li key={key}>
            <Checkbox label={t(`hours.column_${key}`)} checked={false} onChange={() => setChosen([...chosen, key])} />
          </li>
        ))}
      </ul>
      {save.error !== null && (
        <span role="alert" className={rows.error}>
          {words(save.error)}
        </span>
      )}
      <div className={styles.buttons}>
        <Button
          variant="default"
          onClick={() => save.mutate({ body: { columns: chosen } })}
          loading={save.isPending}
          disabled={chosen.join() === data.columns.join()}
        >
          {t("hours.columns_save")}
        </Button>
      </div>
    </Section>
  );
}
