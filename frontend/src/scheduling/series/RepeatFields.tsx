/** How it repeats, in the words people use for it. */
import { Chip, Group, NativeSelect, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { nthOf, type Repeat, WEEKDAYS, type Weekday, weekdayOf } from "./rule";

interface Props {
  value: Repeat;
  onChange: (value: Repeat) => void;
  /** The first day: what is picked newly begins with its weekday. */
  day: string;
}

const tall = () => ({ root: { "--chip-size": "var(--target)" } });

export function RepeatFields({ value, onChange, day }: Props) {
  const t = useText();
  const kind = value.every === "own" ? "own" : `${value.every}-${value.interval}`;
  const known = ["week-1", "week-2", "month-1"];
  const kinds = known.includes(kind) ? known : [...known, kind];
  const choose = (chosen: string) => {
    const [every, interval] = chosen.split("-");
    const first = weekdayOf(day);
    if (every === "week") {
      const days: Weekday[] = value.every === "week" ? value.days : [first];
      onChange({ every, interval: Number(interval), days });
    } else if (every === "month") {
      onChange({ every, interval: Number(interval), nth: nthOf(day), day: first });
    }
  };
  const label = (one: string) =>
    known.includes(one)
      ? t(`series.every.${one}`)
      : value.every === "own"
        ? t("series.rule_own", { rule: value.rule })
        : t(`series.every_n.${value.every}`, { n: value.interval });
  return (
    <>
      <NativeSelect
        label={t("series.repeats")}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value)}
        data={kinds.map((one) => ({ value: one, label: label(one) }))}
      />
      {value.every === "week" && (
        <Chip.Group multiple value={value.days} onChange={(days) => onChange({ ...value, days: days as Weekday[] })}>
          <Group component="fieldset" gap="xs" style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" fw={600} mb={4}>
              {t("series.on_days")}
            </Text>
            {WEEKDAYS.map((one) => (
              <Chip key={one} value={one} vars={tall}>
                {t(`series.chip.${one}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {value.every === "month" && (
        <Group grow gap="sm">
          <NativeSelect
            label={t("series.which")}
            value={value.nth}
            onChange={(event) => onChange({ ...value, nth: Number(event.currentTarget.value) })}
            data={[1, 2, 3, 4, -1].map((nth) => ({ value: String(nth), label: t(`series.nth.${nth}`) }))}
          />
          <NativeSelect
            label={t("series.which_day")}
            value={value.day}
            onChange={(event) => onChange({ ...value, day: event.currentTarget.value as Weekday })}
            data={WEEKDAYS.map((one) => ({ value: one, label: t(`series.chip.${one}`) }))}
          />
        </Group>
      )}
    </>
  );
}
