/** The form of a series, and before anything is saved the days it comes to. */
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { call } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import type { SiteChoice } from "@/scheduling/sessions/WhenWhere";
import { useErrorText } from "@/ui";
import { bodyOf, isReady, type SeriesDraft } from "./draft";
import { Preview } from "./Preview";
import { SeriesFields } from "./SeriesFields";
import type { Outcome, Series, Term } from "./types";
import { type Asked, useShownFirst } from "./useShownFirst";

interface Props {
  begin: SeriesDraft;
  /** What is changed; none for a new one. */
  series?: Series;
  /** This and the following; none: all. */
  since?: string;
  choices: components["schemas"]["SessionChoices"];
  sites: SiteChoice[];
  terms: Term[];
  onSaved: (done: Outcome, draft: boolean) => void;
}

export function Editor({ begin, series, since, choices, sites, terms, onSaved }: Props) {
  const t = useText();
  const words = useErrorText();
  const [draft, setDraft] = useState(begin);
  const [program, setProgram] = useState(series?.program ?? choices.programs[0]?.id ?? 0);
  const [overOwn, setOverOwn] = useState(false);
  const published = series !== undefined && !series.draft;

  const post = async ({ reason, ...asked }: Asked, own = overOwn, asDraft = false): Promise<Outcome> => {
    const body = bodyOf(draft);
    const { data } = series
      ? await call.POST("/api/series/{series_id}/change", {
          params: { path: { series_id: series.id } },
          body: { ...body, ...asked, reason, revision: series.revision, since: since ?? null, over_own: own },
        })
      : await call.POST("/api/series", { body: { ...body, ...asked, program, draft: asDraft } });
    if (data === undefined) throw new Error("no answer");
    return data;
  };
  const shown = useShownFirst(post, (done) => onSaved(done, series?.draft ?? false));
  const asDraft = useShownFirst(
    (asked) => post(asked, false, true),
    (done) => onSaved(done, true),
  );

  if (shown.outcome) {
    return (
      <Preview
        outcome={shown.outcome}
        anew={shown.anew}
        verb={t(published ? "series.do_change" : "series.do_publish", {
          n: shown.outcome.rows.filter((row) => row.what === "added").length,
        })}
        saving={shown.busy}
        error={shown.error}
        settling={shown.settling}
        onSave={shown.save}
        back={t("series.back")}
        onBack={shown.reset}
        {...(published && {
          overOwn: {
            value: overOwn,
            onChange: (value: boolean) => {
              setOverOwn(value);
              void shown.look((asked) => post(asked, value));
            },
          },
        })}
      />
    );
  }
  const agency = choices.programs.find((one) => one.id === program)?.agency;
  const error = shown.error ?? asDraft.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void shown.look();
      }}
    >
      <Stack gap="md">
        {!series && (
          <NativeSelect
            label={t("series.program")}
            value={program}
            onChange={(event) => setProgram(Number(event.currentTarget.value))}
            data={choices.programs.map((one) => ({ value: String(one.id), label: one.name }))}
          />
        )}
        <SeriesFields
          value={draft}
          onChange={setDraft}
          sites={sites}
          terms={terms}
          choices={choices}
          agency={agency}
          published={published}
        />
        {error !== null && error !== undefined && (
          <Text role="alert" c="var(--empty)">
            {words(error)}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          {!series && (
            <Button
              variant="default"
              disabled={!isReady(draft) || program === 0}
              loading={asDraft.busy}
              onClick={() => void asDraft.look()}
            >
              {t("series.keep_draft")}
            </Button>
          )}
          <Button type="submit" disabled={!isReady(draft) || program === 0} loading={shown.busy}>
            {t(series?.draft ? "series.save_draft" : "series.look")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
