/** One page of a long list at a time: back and on. Nothing where all of it is seen. */
import { Button, Group } from "@mantine/core";
import { useText } from "@/i18n";

interface Props {
  /** Rows before this page. */
  skip: number;
  /** Rows on a page. */
  size: number;
  /** Whether there are rows after it. */
  more: boolean;
  onSkip: (skip: number) => void;
}

export function Pager({ skip, size, more, onSkip }: Props) {
  const t = useText();
  if (skip === 0 && !more) return null;
  return (
    <Group justify="space-between">
      <Button variant="default" disabled={skip === 0} onClick={() => onSkip(skip - size)}>
        {t("ui.page_before")}
      </Button>
      <Button variant="default" disabled={!more} onClick={() => onSkip(skip + size)}>
        {t("ui.page_after")}
      </Button>
    </Group>
  );
}
