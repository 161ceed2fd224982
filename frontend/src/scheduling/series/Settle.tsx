/** What can be done about a day that clashes: the nearest room or hour that is free, or it is held all the same; and
 * about all days that clash alike. */
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { useOfferWords } from "@/scheduling/sessions/Clashes";
import rows from "@/ui/rows.module.css";
import styles from "./series.module.css";
import type { Row } from "./types";
import type { Settling } from "./useShownFirst";

interface Props {
  row: Row;
  /** The row's date, for those who hear its buttons alone. */
  when: string;
  settling: Settling;
  onSettled: () => void;
}

export function Settle({ row, when, settling, onSettled }: Props) {
  const t = useText();
  const label = useOfferWords();
  const chosen = settling.settled.choices.some((one) => one.row === row.key);
  if (!row.wished_at && !chosen) return null;
  const wished = { room: row.wished_room, starts_at: row.wished_at ?? "" };
  const choose = (choice?: Parameters<Settling["choose"]>[1]) => {
    onSettled();
    settling.choose(row.key, choice);
  };
  return (
    <Group gap="xs" className={styles.settle} role="group" aria-label={when}>
      {row.offers.map((offer) => (
        <Button
          key={`${offer.room} ${offer.starts_at}`}
          variant="default"
          onClick={() => choose({ room: offer.room, starts_at: offer.starts_at, borne: [] })}
        >
          {label(offer, wished)}
        </Button>
      ))}
      {row.bearable.length > 0 && (
        <Button variant="default" onClick={() => choose({ borne: row.bearable })}>
          {t("series.bear")}
        </Button>
      )}
      {row.wished_at && row.offers.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("series.no_offers")}
        </Text>
      )}
      {chosen && (
        <Button variant="subtle" className={rows.quiet} onClick={() => choose()}>
          {t("series.unsettle")}
        </Button>
      )}
    </Group>
  );
}

/** Where several days clash alike, one answer for all of them. */
export function SettleAll({ days, settling }: { days: Row[]; settling: Settling }) {
  const t = useText();
  const counts = new Map(settling.settled.borne.map((code) => [code, 0]));
  for (const row of days) {
    const borne = row.reasons.filter((one) => one.borne).map((one) => one.code);
    for (const code of [...row.bearable, ...borne]) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const kinds = [...counts].filter(([code, n]) => n > 1 || settling.settled.borne.includes(code));
  if (kinds.length === 0) return null;
  return (
    <Stack gap="xs">
      {kinds.map(([code, n]) => (
        <Checkbox
          key={code}
          label={t("series.bear_all", { what: t(`series.kind.${code}`), n })}
          checked={settling.settled.borne.includes(code)}
          onChange={(event) => settling.bear(code, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
