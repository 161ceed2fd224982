/** 按月导出: each agency at each site, how many of its files are complete; made in the background, fetched when ready. */
import { Button, Checkbox, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useLanguage, useText } from "@/i18n";
import { useLive } from "@/live";
import { addMonths, monthIn, monthOf, useMonthName } from "@/scheduling/residency/months";
import {
  EmptyState,
  Icon,
  Loaded,
  localDay,
  Page,
  ProgressBar,
  Section,
  StateMark,
  Stepper,
  useDates,
  useErrorText,
  WeChatFallback,
} from "@/ui";
import rows from "@/ui/rows.module.css";
import type { MonthChoice, MonthFile } from "../types";

const ADDRESS = "/api/files/months";

export default function MonthsPage() {
  const t = useText();
  const words = useMonthName();
  const person = useMe().data?.person?.id;
  const [search, setSearch] = useSearchParams();
  const [names, setNames] = useState(false);
  useLive(person ? [`person:${person}`] : []);
  const now = monthOf(localDay(new Date()));
  const month = monthIn(search.get("month"), addMonths(now, -1));
  const months = api.useQuery("get", ADDRESS, { params: { query: { month } } }, { meta: { live: ["month"] } });
  const go = (to: string) => setSearch({ month: to }, { replace: true });
  return (
    <Page title={t("file.months")} lead={<Link to="/files">{t("file.back")}</Link>}>
      <Stepper
        label={t("file.month")}
        before={{ name: t("file.month_before"), go: () => go(addMonths(month, -1)) }}
        after={{ name: t("file.month_after"), go: month < now && (() => go(addMonths(month, 1))) }}
      >
        {words(month)}
      </Stepper>
      <Checkbox
        label={t("file.full_names")}
        description={t("file.full_names_hint")}
        checked={names}
        onChange={(event) => setNames(event.currentTarget.checked)}
      />
      <Loaded query={months}>
        {({ choices, files }) => (
          <>
            {choices.length === 0 && <EmptyState title={t("file.no_month")}>{t("file.no_month_hint")}</EmptyState>}
            <ul className={rows.list}>
              {choices.map((one) => (
                <Choice key={`${one.agency} ${one.hub}`} choice={one} month={month} names={names} />
              ))}
            </ul>
            {files.length > 0 && (
              <Section title={t("file.made")}>
                <ul className={rows.list}>
                  {files.map((one) => (
                    <Made key={one.id} file={one} />
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Choice({ choice, month, names }: { choice: MonthChoice; month: string; names: boolean }) {
  const t = useText();
  const words = useErrorText();
  const language = useLanguage();
  const cache = useQueryClient();
  const ask = api.useMutation("post", ADDRESS, {
    onSuccess: () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === ADDRESS }),
  });
  const { agency, agency_name, hub, hub_name, sessions, lacking } = choice;
  const wish = { month, agency, hub, full_names: names, language: language === "en" ? "en" : "zh-hans" } as const;
  return (
    <li className={rows.row}>
      <div className={rows.foot}>
        <span className={rows.facts}>
          <span className={rows.name}>{agency_name}</span>
          <span>{hub_name}</span>
          <span className={rows.told}>
            <span>{t("file.month_sessions", { sessions })}</span>
            <StateMark state={lacking > 0 ? "short" : "full"}>
              {lacking > 0 ? t("file.month_lacking", { lacking }) : t("file.there")}
            </StateMark>
          </span>
        </span>
        <Button
          variant="default"
          loading={ask.isPending}
          onClick={() => ask.mutate({ body: wish })}
          aria-label={t("file.export_of", { agency: agency_name, hub: hub_name })}
        >
          {t("file.export")}
        </Button>
      </div>
      {ask.error !== null && (
        <span role="alert" className={rows.error}>
          {words(ask.error)}
        </span>
      )}
    </li>
  );
}

function Made({ file }: { file: MonthFile }) {
  const t = useText();
  const dates = useDates();
  const words = useMonthName();
  const { state, sessions, done, kept } = file;
  const title = t("file.made_of", { month: words(file.month), agency: file.agency_name, hub: file.hub_name });
  return (
    <li className={rows.row}>
      <span className={rows.facts}>
        <span className={rows.name}>{title}</span>
        <span className={rows.soft}>
          {t("file.made_by", {
            name: file.requested_by,
            when: `${dates.near(file.created_at)} ${dates.time(file.created_at)}`,
          })}
          {file.full_names && t("file.with_names")}
        </span>
      </span>
      {(state === "queued" || state === "working") && (
        <ProgressBar
          label={done < sessions ? t("file.gathering", { done, sessions }) : t("file.typesetting")}
          value={state === "working" && done < sessions ? done / sessions : undefined}
        />
      )}
      {state === "failed" && (
        <span className={rows.error}>
          <Icon name="warning" /> {t("file.failed")}
        </span>
      )}
      {state === "ready" && kept && (
        <WeChatFallback address={window.location.href} of={title}>
          <Group>
            <Button
              component="a"
              href={`${ADDRESS}/${file.id}/file`}
              download
              leftSection={<Icon name="download" />}
              aria-label={t("file.download_of", { title })}
            >
              {t("file.download", { size: Math.max(0.1, Math.round(file.bytes / 1e5) / 10) })}
            </Button>
          </Group>
        </WeChatFallback>
      )}
      {state === "ready" && kept && file.photos_lost > 0 && (
        <span className={rows.reason}>
          <Icon name="warning" /> {t("file.photos_lost", { n: file.photos_lost })}
        </span>
      )}
      {state === "ready" && !kept && <span className={rows.soft}>{t("file.gone")}</span>}
    </li>
  );
}
