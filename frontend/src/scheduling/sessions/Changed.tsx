/** Somebody saved while this form was open: what came in, and where both changed the same, whose it shall be. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import type { Merging } from "./useMerging";

interface Props<Value> {
  merging: Merging<Value>;
  /** What each part is called. */
  names: string[];
  /** A part's value, as it is said. */
  say: (part: number, value: Value) => string;
}

export function Changed<Value>({ merging: { by, clashes, taken }, names, say }: Props<Value>) {
  const t = useText();
  if (by === undefined) return null;
  const who = by || t("session.somebody");
  const news = taken.map(({ part, theirs }) =>
    t("session.part_is", { part: names[part] ?? "", is: say(part, theirs) }),
  );
  if (clashes.length === 0) {
    return (
      <Text role="status" c="var(--short)">
        {news.length > 0
          ? t("session.changed_by", { who, what: news.join(t("session.and")) })
          : t("session.changed_elsewhere", { who })}
      </Text>
    );
  }
  return (
    <Stack gap="sm" role="alert">
      <Text fw={600} c="var(--empty)">
        {t("session.both_changed", { who })}
      </Text>
      {clashes.map(({ part, mine, theirs, choose }) => (
        <Stack key={part} gap="xs" component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
          <Text component="legend" fw={600}>
            {names[part]}
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={() => choose("mine")} styles={wrapping}>
              {t("session.take_mine", { is: say(part, mine) })}
            </Button>
            <Button variant="default" onClick={() => choose("theirs")} styles={wrapping}>
              {t("session.take_theirs", { who, is: say(part, theirs) })}
            </Button>
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}

/** A note may be long: both are read in full before one goes. */
const wrapping = {
  root: { height: "auto", minHeight: "var(--target)", paddingBlock: "0.5rem" },
  label: { whiteSpace: "pre-wrap", textAlign: "start" },
} as const;
