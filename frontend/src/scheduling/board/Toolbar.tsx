import { Button, NativeSelect, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./board.module.css";
import { choices, FACETS, type Facet, type Filters } from "./filters";
import type { BoardSession, BoardSite } from "./types";
import { useFacetText } from "./useFacetText";
import type { Week } from "./useWeek";
import { WeekNav } from "./WeekNav";

interface Props {
  at: Week;
  wide: boolean;
  sites: BoardSite[];
  /** Of the site looked at: what there is to choose from. */
  sessions: BoardSession[];
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
  searchRef: React.Ref<HTMLInputElement>;
  /** Offers to leave out other agencies' sessions. */
  mixed: boolean;
}

export function Toolbar(props: Props) {
  const { at, wide, sites, sessions, filters, onFilter, searchRef, mixed } = props;
  const t = useText();
  const [folded, setFolded] = useState(true);
  const chosen = FACETS.filter((facet) => filters[facet]).length;
  const hides = wide ? chosen : chosen + [filters.search, filters.unfilledFirst, at.hub].filter(Boolean).length;
  const site = sites.length > 1 && (
    <NativeSelect
      aria-label={t("board.site")}
      value={at.hub ?? ""}
      onChange={(event) => at.set({ hub: event.currentTarget.value || undefined })}
      data={[
        { value: "", label: t("board.all_sites") },
        ...sites.map((one) => ({ value: String(one.id), label: one.name })),
      ]}
    />
  );
  const search = (
    <TextInput
      ref={searchRef}
      type="search"
      aria-label={t("board.search")}
      placeholder={t(wide ? "board.search_hint" : "board.search")}
      leftSection={<Icon name="search" size="1.25em" />}
      value={filters.search}
      onChange={(event) => onFilter({ search: event.currentTarget.value })}
    />
  );
  const switches = (
    <>
      <Switch
        size="md"
        label={t("board.unfilled_first")}
        checked={filters.unfilledFirst}
        onChange={(event) => onFilter({ unfilledFirst: event.currentTarget.checked })}
      />
      {wide && at.view === "day" && (
        <Switch
          size="md"
          label={t("board.show_needs")}
          checked={at.needs}
          onChange={(event) => at.set({ needs: event.currentTarget.checked ? 1 : undefined })}
        />
      )}
      {mixed && (
        <Switch
          size="md"
          label={t("board.only_ours")}
          checked={filters.ours}
          onChange={(event) => onFilter({ ours: event.currentTarget.checked })}
        />
      )}
    </>
  );
  return (
    <div className={styles.toolbar} data-no-print>
      <WeekNav week={at.week} today={at.today} goTo={at.goTo} />
      {wide && (
        <>
          <SegmentedControl
            aria-label={t("board.view")}
            value={at.view}
            onChange={(view) => at.set({ view })}
            data={[
              { value: "week", label: t("board.by_week") },
              { value: "day", label: t("board.by_day") },
            ]}
          />
          <div className={styles.choices}>
            {site}
            {search}
            {switches}
          </div>
        </>
      )}
      <Button
        variant="default"
        aria-expanded={!folded}
        leftSection={<Icon name="settings" />}
        onClick={() => setFolded(!folded)}
      >
        {hides > 0 ? t("board.filters_on", { n: hides }) : t("board.filters")}
      </Button>
      {!folded && (
        <div className={styles.facets}>
          {!wide && site}
          {!wide && search}
          {FACETS.map((facet) => (
            <FacetChoice
              key={facet}
              facet={facet}
              sessions={sessions}
              value={filters[facet]}
              onChoose={(value) => onFilter({ [facet]: value })}
            />
          ))}
          {!wide && switches}
        </div>
      )}
    </div>
  );
}

interface FacetProps {
  facet: Facet;
  sessions: BoardSession[];
  value: string;
  onChoose: (value: string) => void;
}

function FacetChoice({ facet, sessions, value, onChoose }: FacetProps) {
  const t = useText();
  const word = useFacetText();
  const there = choices(sessions, facet);
  // What was chosen in another week stays chosen, though nothing is there.
  if (value && !there.has(value)) there.set(value, 0);
  return (
    <NativeSelect
      label={t(`board.facet.${facet}`)}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[
        { value: "", label: t("board.any") },
        ...[...there].map(([one, n]) => ({
          value: one,
          label: t("board.choice_count", { what: word(facet, one), n }),
        })),
      ]}
    />
  );
}
