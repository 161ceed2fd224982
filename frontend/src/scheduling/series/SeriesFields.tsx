/** The fields of a series: when and where, how it repeats and until when, what becomes of holidays, what it holds. */
import { Anchor, Checkbox, Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { Link } from "react-router";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { DetailFields } from "@/scheduling/sessions/SessionForm";
import { type SiteChoice, WhenWhere } from "@/scheduling/sessions/WhenWhere";
import type { SeriesDraft } from "./draft";
import { RepeatFields } from "./RepeatFields";
import type { Days, Term } from "./types";

interface Props {
  value: SeriesDraft;
  onChange: (value: SeriesDraft) => void;
  sites: SiteChoice[];
  terms: Term[];
  choices: components["schemas"]["SessionChoices"];
  agency: number | undefined;
  /** Published: who may book can't be changed any more. */
  published: boolean;
}

const HOLIDAYS: Days["holidays"][] = ["skip", "move", "keep"];

export function SeriesFields({ value, onChange, sites, terms, choices, agency, published }: Props) {
  const t = useText();
  const set = (values: Partial<SeriesDraft>) => onChange({ ...value, ...values });
  const fitting = terms.filter((term) => !term.hub || term.hub === value.where.hub || term.id === value.term);
  const ends = ["until", "count", ...(value.term === null ? [] : ["term"])];
  return (
    <>
      <WhenWhere
        value={value.where}
        onChange={(where) => set({ where })}
        sites={sites}
        dayLabel={t("series.first_day")}
      />
      <RepeatFields value={value.repeat} onChange={(repeat) => set({ repeat })} day={value.where.day} />
      <NativeSelect
        label={t("series.term")}
        value={value.term ?? ""}
        onChange={(event) => {
          const term = Number(event.currentTarget.value) || null;
          set({ term, ends: term ? "term" : value.ends === "term" ? "count" : value.ends });
        }}
        data={[
          { value: "", label: t("series.no_term") },
          ...fitting.map((term) => ({ value: String(term.id), label: term.name })),
        ]}
        description={
          <Anchor component={Link} to="/series/terms" size="sm">
            {t("series.to_terms")}
          </Anchor>
        }
      />
      <Group grow gap="sm" align="flex-start">
        <NativeSelect
          label={t("series.ends")}
          value={value.ends}
          onChange={(event) => set({ ends: event.currentTarget.value as SeriesDraft["ends"] })}
          data={ends.map((one) => ({ value: one, label: t(`series.ends.${one}`) }))}
        />
        {value.ends === "until" && (
          <TextInput
            type="date"
            label={t("series.until")}
            min={value.where.day}
            value={value.until}
            onChange={(event) => set({ until: event.currentTarget.value })}
            required
          />
        )}
        {value.ends === "count" && (
          <NumberInput
            label={t("series.count")}
            min={1}
            max={200}
            value={value.count}
            onChange={(count) => set({ count: Math.max(1, Math.round(Number(count) || 1)) })}
            required
          />
        )}
      </Group>
      <NativeSelect
        label={t("series.holidays")}
        value={value.holidays}
        onChange={(event) => set({ holidays: event.currentTarget.value as Days["holidays"] })}
        data={HOLIDAYS.map((one) => ({ value: one, label: t(`series.holidays.${one}`) }))}
      />
      <Checkbox
        label={t("series.makeup")}
        description={t("series.makeup_hint")}
        checked={value.makeup}
        onChange={(event) => set({ makeup: event.currentTarget.checked })}
      />
      <DetailFields value={value.details} onChange={(details) => set({ details })} choices={choices} agency={agency} />
      <Checkbox
        label={t("series.group_only")}
        description={t("series.group_only_hint")}
        checked={value.group_only}
        disabled={published}
        onChange={(event) => set({ group_only: event.currentTarget.checked })}
      />
    </>
  );
}
