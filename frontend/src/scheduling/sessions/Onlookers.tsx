import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import { useOnlookers } from "./useOnlookers";

interface Props {
  session: number;
  /** Here a form is open that changes it. */
  changing?: boolean;
  /** Whether this person may change it. */
  takesPart: boolean;
}

/** Who else has it open, those first who are changing it. */
export function Onlookers({ session, changing = false, takesPart }: Props) {
  const t = useText();
  const others = useOnlookers(session, changing, takesPart);
  const names = (busy: boolean) =>
    others
      .filter((one) => one.changing === busy)
      .map((one) => one.name)
      .join(t("onlookers.and"));
  const [busy, looking] = [names(true), names(false)];
  return (
    // There before it says anything, so that it is read out when it does; until then it takes no room.
    <div role="status" style={others.length > 0 ? undefined : { position: "absolute" }}>
      {busy && (
        <Text c="var(--short)">
          <Icon name="warning" size="1.1em" /> {t("onlookers.changing", { names: busy })}
        </Text>
      )}
      {looking && (
        <Text c="dimmed">
          <Icon name="people" size="1.1em" /> {t("onlookers.looking", { names: looking })}
        </Text>
      )}
    </div>
  );
}
