/** What repeats: drafts first, then by the next session. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, notifyDone, OpenCard, Page, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { timeOf } from "./draft";
import type { Line } from "./types";
import { useRuleWords } from "./useRuleWords";
import { liveSeries, useSeriesLive } from "./useSeriesLive";

export default function SeriesPage() {
  const t = useText();
  useSeriesLive();
  const query = api.useQuery("get", "/api/series", {}, liveSeries);
  const removed = Number(useSearchParams()[0].get("removed"));
  return (
    <Page
      title={t("series.title")}
      lead={t("series.lead")}
      actions={
        <>
          <Button component={Link} to="/series/terms" variant="default">
            {t("series.terms")}
          </Button>
          <Button component={Link} to="/series/new" leftSection={<Icon name="join" />}>
            {t("series.new")}
          </Button>
        </>
      }
    >
      {removed > 0 && <HaveBack id={removed} />}
      <Loaded query={query}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="calendar" title={t("series.none")}>
              {t("series.none_hint")}
            </EmptyState>
          ) : (
            <Stack component="ul" gap="sm" className={rows.list}>
              {found.map((line) => (
                <li key={line.id}>
                  <OneSeries line={line} />
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Right after a draft was thrown away. */
function HaveBack({ id }: { id: number }) {
  const t = useText();
  const words = useErrorText();
  const go = useNavigate();
  const restore = api.useMutation("post", "/api/series/{series_id}/restore");
  return (
    <Group gap="sm" role="status">
      <Text>{restore.error ? words(restore.error) : t("series.removed")}</Text>
      <Button
        variant="default"
        leftSection={<Icon name="back" />}
        loading={restore.isPending}
        onClick={() =>
          restore.mutate(
            { params: { path: { series_id: id } } },
            {
              onSuccess: () => {
                notifyDone(t("series.had_back"));
                void go(`/series/${id}`);
              },
            },
          )
        }
      >
        {t("series.have_back")}
      </Button>
    </Group>
  );
}

function OneSeries({ line }: { line: Line }) {
  const t = useText();
  const dates = useDates();
  const words = useRuleWords();
  return (
    <OpenCard to={`/series/${line.id}`}>
      <span className={rows.facts}>
        <span className={rows.name}>{line.program}</span>
        <span>
          {words(line.rule)} {timeOf(line.start)}-{timeOf(line.start + line.minutes)}
        </span>
        <span className={rows.soft}>
          {line.hub} {line.room} {line.term}
        </span>
        <span className={rows.told}>
          {line.draft ? (
            <StateMark state="waiting">{t("series.draft")}</StateMark>
          ) : line.next_at ? (
            <>
              <StateMark state="full">{t("series.ahead", { n: line.ahead })}</StateMark>
              <span className={rows.soft}>
                {t("series.next", { when: `${dates.near(line.next_at)} ${dates.time(line.next_at)}` })}
              </span>
            </>
          ) : (
            <StateMark state="free">{t("series.over")}</StateMark>
          )}
        </span>
      </span>
    </OpenCard>
  );
}
