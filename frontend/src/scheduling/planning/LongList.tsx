/** A list that is long for a district: a part at a time, or a word that nobody is in it. */
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { EmptyState } from "@/ui";
import styles from "./planning.module.css";

interface Props<T> {
  items: T[];
  /** How many at a time. */
  step: number;
  /** What is said where there are none. */
  none: string;
  children: (item: T) => React.ReactNode;
}

export function LongList<T>({ items, step, none, children }: Props<T>) {
  const t = useText();
  const [shown, setShown] = useState(step);
  return (
    <Stack gap="md">
      {items.length === 0 && <EmptyState picture="bench" title={none} />}
      <ul className={styles.sessions}>{items.slice(0, shown).map(children)}</ul>
      {items.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + step)}>
          {t("plan.show_more", { n: items.length - shown })}
        </Button>
      )}
    </Stack>
  );
}
