import { Button, NativeSelect, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import type { Filters } from "./arrange";
import styles from "./board.module.css";
import type { BoardSite } from "./types";
import type { Week } from "./useWeek";
import { WeekNav } from "./WeekNav";

interface Props {
  at: Week;
  wide: boolean;
  sites: BoardSite[];
  kinds: string[];
  filters: Filters;
  onFilter: (filters: Filters) => void;
  searchRef: React.Ref<HTMLInputElement>;
  /** Offers to leave out other agencies' sessions. */
  mixed: boolean;
}

export function Toolbar(props: Props) {
  const { at, wide, filters } = props;
  const t = useText();
  const [folded, setFolded] = useState(true);
  const hides = [filters.kind, filters.search, filters.unfilledFirst, at.hub].filter(Boolean).length;
  return (
    <div className={styles.toolbar} data-no-print>
      <WeekNav week={at.week} today={at.today} goTo={at.goTo} />
      {wide && (
        <SegmentedControl
          aria-label={t("board.view")}
          value={at.view}
          onChange={(view) => at.set({ view })}
          data={[
            { value: "week", label: t("board.by_week") },
            { value: "day", label: t("board.by_day") },
          ]}
        />
      )}
      {!wide && (
        <Button
          variant="default"
          aria-expanded={!folded}
          leftSection={<Icon name="settings" />}
          onClick={() => setFolded(!folded)}
        >
          {hides > 0 ? t("board.filters_on", { n: hides }) : t("board.filters")}
        </Button>
      )}
      {(wide || !folded) && <Choices {...props} />}
    </div>
  );
}

function Choices({ at, sites, kinds, filters, onFilter, searchRef, mixed }: Props) {
  const t = useText();
  return (
    <div className={styles.choices}>
      {sites.length > 1 && (
        <NativeSelect
          aria-label={t("board.site")}
          value={at.hub ?? ""}
          onChange={(event) => at.set({ hub: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("board.all_sites") },
            ...sites.map((site) => ({ value: String(site.id), label: site.name })),
          ]}
        />
      )}
      <NativeSelect
        aria-label={t("board.kind")}
        value={filters.kind}
        onChange={(event) => onFilter({ ...filters, kind: event.currentTarget.value })}
        data={[
          { value: "", label: t("board.all_kinds") },
          ...kinds.map((kind) => ({ value: kind, label: t(`board.kinds.${kind}`) })),
        ]}
      />
      <TextInput
        ref={searchRef}
        type="search"
        aria-label={t("board.search")}
        placeholder={t("board.search_hint")}
        leftSection={<Icon name="search" size="1.25em" />}
        value={filters.search}
        onChange={(event) => onFilter({ ...filters, search: event.currentTarget.value })}
      />
      <Switch
        size="md"
        label={t("board.unfilled_first")}
        checked={filters.unfilledFirst}
        onChange={(event) => onFilter({ ...filters, unfilledFirst: event.currentTarget.checked })}
      />
      {mixed && (
        <Switch
          size="md"
          label={t("board.only_ours")}
          checked={filters.ours}
          onChange={(event) => onFilter({ ...filters, ours: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}
