/** What narrows the board, each with a way out, and how much of the week is left. */
import { Button } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./board.module.css";
import { FACETS, type Filters, leavesOut, unfiltered } from "./filters";
import { useFacetText } from "./useFacetText";

interface Props {
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
  shown: number;
  all: number;
}

export function Chips({ filters, onFilter, shown, all }: Props) {
  const t = useText();
  const word = useFacetText();
  const chips: { key: string; text: string; off: Partial<Filters> }[] = FACETS.filter((facet) => filters[facet]).map(
    (facet) => ({ key: facet, text: word(facet, filters[facet]), off: { [facet]: "" } }),
  );
  if (filters.search.trim()) {
    chips.push({ key: "search", text: t("board.chip_search", { words: filters.search.trim() }), off: { search: "" } });
  }
  if (!leavesOut(filters)) return null;
  return (
    <div className={styles.chips} data-no-print>
      <span role="status">{t("board.shown_of", { shown, all })}</span>
      {chips.map(({ key, text, off }) => (
        <Button
          key={key}
          variant="default"
          radius="xl"
          aria-label={t("board.chip_off", { what: text })}
          rightSection={<Icon name="close" size="1em" />}
          onClick={() => onFilter(off)}
        >
          {text}
        </Button>
      ))}
      {chips.length > 1 && (
        <Button
          variant="subtle"
          onClick={() => onFilter({ ...unfiltered, ours: filters.ours, unfilledFirst: filters.unfilledFirst })}
        >
          {t("board.chips_off")}
        </Button>
      )}
    </div>
  );
}
