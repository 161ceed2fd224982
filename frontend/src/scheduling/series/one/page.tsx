/** One series: what it is, its sessions, and what can be done about it: changed, published, ended, had back. */
import { Text } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { api, call } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, Page, Section, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { bodyOf, draftOf, timeOf } from "../draft";
import { Editor } from "../Editor";
import { Members } from "../Members";
import { ShownFirst } from "../ShownFirst";
import styles from "../series.module.css";
import type { Days, Series } from "../types";
import { useEditing } from "../useEditing";
import { useRuleWords } from "../useRuleWords";
import { liveSeries, useSeriesLive } from "../useSeriesLive";
import type { Asked } from "../useShownFirst";
import { type Deed, Deeds } from "./Deeds";

export default function OneSeriesPage() {
  const id = Number(useParams().id);
  useSeriesLive();
  const query = api.useQuery("get", "/api/series/{series_id}", { params: { path: { series_id: id } } }, liveSeries);
  return <Loaded query={query}>{(series) => <Shown key={series.id} series={series} />}</Loaded>;
}

function Shown({ series }: { series: Series }) {
  const t = useText();
  const words = useRuleWords();
  const [query, setQuery] = useSearchParams();
  const since = query.get("since") ?? undefined;
  const asked = query.get("do");
  const deed = asked === "edit" || asked === "publish" || asked === "end" || asked === "undo" ? asked : undefined;
  const go = (next?: Deed) => setQuery(next ? { do: next } : {}, { replace: next === undefined });
  const back = () => go();
  const lead = `${words(series.rule)} ${timeOf(series.start)}-${timeOf(series.start + series.minutes)}`;
  if (deed === "edit") {
    return (
      <Page title={t(since ? "series.change_following" : "series.change_all")} lead={`${series.program_name} ${lead}`}>
        <Editing series={series} since={since} onDone={back} />
      </Page>
    );
  }
  if (deed) {
    return (
      <Page title={t(`series.deed.${deed}`)} lead={`${series.program_name} ${lead}`}>
        <Doing series={series} deed={deed} since={since} onDone={back} />
      </Page>
    );
  }
  return (
    <Page title={series.program_name} lead={lead}>
      {series.draft && <StateMark state="waiting">{t("series.draft_hint")}</StateMark>}
      {series.editable && <Deeds series={series} onDeed={go} />}
      {!series.draft && <Sessions series={series} />}
      {series.group_only && series.editable && !series.draft && <Members series={series} />}
    </Page>
  );
}

function Editing({ series: now, since, onDone }: { series: Series; since: string | undefined; onDone: () => void }) {
  const t = useText();
  // What was filled in stays, and a save names what it was made from, whoever changes the series meanwhile.
  const [series] = useState(now);
  const go = useNavigate();
  const whole = draftOf(series);
  const rest = series.occurrences.find((one) => one.day === since)?.days_left;
  const begin =
    since === undefined
      ? whole
      : {
          ...whole,
          where: { ...whole.where, day: since },
          count: rest ?? whole.count,
        };
  return (
    <Loaded query={useEditing()}>
      {({ choices, sites, terms }) => (
        <Editor
          begin={begin}
          series={series}
          {...(since !== undefined && { since })}
          choices={choices}
          sites={sites}
          terms={terms}
          onSaved={(done) => {
            notifyDone(t("series.changed"));
            if (done.series && done.series !== series.id) void go(`/series/${done.series}`, { replace: true });
            else onDone();
          }}
        />
      )}
    </Loaded>
  );
}

/** Publishing, ending, having back: nothing to fill in, the days are shown at once. */
function Doing({
  series,
  deed,
  since,
  onDone,
}: {
  series: Series;
  deed: Exclude<Deed, "edit">;
  since: string | undefined;
  onDone: () => void;
}) {
  const t = useText();
  const path = { path: { series_id: series.id } };
  const post = async ({ reason, ...asked }: Asked) => {
    const revision = series.revision;
    const { data } =
      deed === "end"
        ? await call.POST("/api/series/{series_id}/change", {
            params: path,
            body: {
              ...endingBefore(series, since),
              ...asked,
              reason,
              revision,
              since: null,
              over_own: false,
            },
          })
        : deed === "undo"
          ? await call.POST("/api/series/{series_id}/undo", {
              params: path,
              body: { ...asked, reason, revision },
            })
          : await call.POST("/api/series/{series_id}/publish", {
              params: path,
              body: { ...asked, revision },
            });
    if (data === undefined) throw new Error("no answer");
    return data;
  };
  return (
    <ShownFirst
      post={post}
      verb={t(`series.deed.${deed}`)}
      onBack={onDone}
      onSaved={() => {
        notifyDone(t(`series.done.${deed}`));
        onDone();
      }}
    />
  );
}

const dayBefore = (day: string) => new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** As it is, but over before `since`, or before its next session. */
function endingBefore(series: Series, since: string | undefined): Days {
  const next = series.occurrences.find((one) => Date.parse(one.starts_at) > Date.now());
  return { ...bodyOf(draftOf(series)), until: dayBefore(since ?? next?.day ?? series.first_day), count: null };
}

function Sessions({ series }: { series: Series }) {
  const t = useText();
  const dates = useDates();
  const board = useGrant()?.role === "social_worker" ? "/schedule" : "/week";
  const now = Date.now();
  const coming = series.occurrences.filter((one) => Date.parse(one.ends_at) > now);
  const over = series.occurrences.length - coming.length;
  return (
    <Section title={t("series.sessions")}>
      <Text c="dimmed">
        {t("series.ahead", { n: coming.filter((one) => !one.cancelled).length })}
        {over > 0 && ` ${t("series.held", { n: over })}`}
      </Text>
      <ul className={`${rows.list} ${styles.days}`}>
        {coming.map((one) => (
          <li key={one.session} className={styles.day} data-what={one.cancelled ? "cancelled" : undefined}>
            <Link to={`${board}?week=${localDay(one.starts_at)}&session=${one.session}`} className={styles.when}>
              {dates.span(one.starts_at, one.ends_at)}
            </Link>
            {one.cancelled ? (
              <StateMark state="cancelled" />
            ) : (
              one.own && <StateMark state="standby">{t("series.own")}</StateMark>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
