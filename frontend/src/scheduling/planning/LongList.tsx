/** A list that is long for a district: a part at a time, or a word that nobody is in it. */
import { Button, Stack } from "@mantine/core";
import { useText } from "@/i18n";
import { EmptyState } from "@/ui";
import styles from "./planning.module.css";

interface Props<T> {
  /** Those at hand. */
  items: T[];
  /** How many there are. */
  count: number;
  onMore: () => void;
  /** What is said where there are none. */
  none: string;
  children: (item: T) => React.ReactNode;
}

export function LongList<T>({ items, count, onMore, none, children }: Props<T>) {
  const t = useText();
  return (
    <Stack gap="md">
      {count === 0 && <EmptyState picture="bench" title={none} />}
      <ul className={styles.sessions}>{items.map(children)}</ul>
      {count > items.length && (
        <Button variant="default" onClick={onMore}>
          {t("plan.show_more", { n: count - items.length })}
        </Button>
      )}
    </Stack>
  );
}
