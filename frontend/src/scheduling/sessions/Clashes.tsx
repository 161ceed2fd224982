/** What stands against it before it is saved; the nearest room and time that break nothing, a tap each; or why it is
 * held all the same, from whoever may say so. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon, localDay, useDates } from "@/ui";
import { useClashWords } from "./clashWords";
import type { Look, Offer } from "./useLook";

export interface Borne {
  confirmed: boolean;
  reason: string;
}

export const NOTHING_BORNE: Borne = { confirmed: false, reason: "" };

interface Props {
  look: Look | undefined;
  /** As it is wished: an offer names only what it changes. */
  wished: { room: number | null; starts_at: string };
  borne: Borne;
  onBorne: (borne: Borne) => void;
  /** None where time and place can't be changed here. */
  onTake?: (offer: Offer) => void;
}

export function Clashes({ look, wished, borne, onBorne, onTake }: Props) {
  const t = useText();
  const words = useClashWords();
  const label = useOfferWords();
  if (!look || look.clashes.length === 0) return <div aria-live="polite" />;
  const never = look.clashes.some((one) => !one.may_override && !one.asked && !one.told);
  const overridable = !never && look.clashes.some((one) => one.may_override);
  return (
    <Stack gap="sm" p="md" style={{ border: "1px solid var(--line)", borderRadius: 8 }} aria-live="polite">
      {look.clashes.map((one) => (
        <Group key={one.code + JSON.stringify(one.facts)} gap="xs" wrap="nowrap" align="flex-start">
          <Icon name="warning" />
          <Text>{words(one.code, one.facts) ?? t("errors.clash")}</Text>
        </Group>
      ))}
      {onTake && look.offers.length > 0 && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t("session.offers")}
          </Text>
          <Group gap="sm">
            {look.offers.map((offer) => (
              <Button key={`${offer.room} ${offer.starts_at}`} variant="default" onClick={() => onTake(offer)}>
                {label(offer, wished)}
              </Button>
            ))}
          </Group>
        </div>
      )}
      {onTake && look.offers.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("session.no_offers")}
        </Text>
      )}
      {!never && look.clashes.some((one) => one.asked) && (
        <Checkbox
          label={t("session.save_all_the_same")}
          checked={borne.confirmed}
          onChange={(event) => onBorne({ ...borne, confirmed: event.currentTarget.checked })}
        />
      )}
      {overridable && (
        <TextInput
          label={t("session.borne_reason")}
          description={t("session.borne_hint")}
          maxLength={200}
          value={borne.reason}
          onChange={(event) => onBorne({ ...borne, reason: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}

/** 改到 阅览室 · 改到 15:30 · 改到 明天 15:30 */
export function useOfferWords() {
  const t = useText();
  const dates = useDates();
  return (offer: Offer, wished: { room: number | null; starts_at: string }) => {
    const parts = [];
    if (offer.room !== wished.room && offer.room_name) parts.push(offer.room_name);
    if (Date.parse(offer.starts_at) !== Date.parse(wished.starts_at)) {
      const same = localDay(offer.starts_at) === localDay(wished.starts_at);
      parts.push(same ? dates.time(offer.starts_at) : `${dates.near(offer.starts_at)} ${dates.time(offer.starts_at)}`);
    }
    return t("session.take_offer", { to: parts.join(" ") });
  };
}
