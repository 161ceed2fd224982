/** When in a week: three taps a day, and exact times for who needs them. */
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { addDays, Icon, mondayOf, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./volunteers.module.css";
import { clock, covers, DAY, minutesOf, on, PARTS, toggle, touches, WEEKDAYS, type Window } from "./windows";

const MONDAY = mondayOf("2026-01-05");

interface Props {
  value: Window[];
  onChange: (windows: Window[]) => void;
  /** Of the week in question; none for weeks in general. */
  monday?: string;
}

export function WeekEditor({ value, onChange, monday }: Props) {
  const t = useText();
  const dates = useDates();
  const dayOf = (weekday: number) =>
    monday ? dates.day(addDays(monday, weekday)) : dates.weekday(addDays(MONDAY, weekday));
  return (
    <div>
      {WEEKDAYS.map((weekday) => (
        <fieldset key={weekday} className={styles.day}>
          <legend>{dayOf(weekday)}</legend>
          <div className={styles.parts}>
            {PARTS.map((part) => {
              const whole = covers(value, weekday, part);
              const some = !whole && touches(value, weekday, part);
              return (
                <button
                  key={part.name}
                  type="button"
                  className={styles.part}
                  aria-pressed={whole ? true : some ? "mixed" : false}
                  onClick={() => onChange(toggle(value, weekday, part))}
                >
                  {(whole || some) && <Icon name="check" size="1em" />}
                  {t(`times.${part.name}`)}
                </button>
              );
            })}
          </div>
          <Exact weekday={weekday} value={value} onChange={onChange} />
        </fieldset>
      ))}
    </div>
  );
}

function Exact({ weekday, value, onChange }: Omit<Props, "monday"> & { weekday: number }) {
  const t = useText();
  const mine = on(value, weekday);
  const others = value.filter((one) => one.weekday !== weekday);
  const put = (windows: Window[]) => onChange([...others, ...windows]);
  const change = (at: number, changed: Partial<Window>) =>
    put(mine.map((one, index) => (index === at ? { ...one, ...changed } : one)));
  return (
    <details className={rows.fold}>
      <summary>
        {mine.length === 0
          ? t("times.none")
          : mine.map((one) => `${clock(one.start)}\u2014${clock(one.end)}`).join(t("ui.joiner"))}
      </summary>
      <div className={styles.exact}>
        {mine.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a window has no name but its place
          <div key={index} className={styles.window}>
            <TextInput
              type="time"
              aria-label={t("times.from")}
              value={clock(one.start)}
              onChange={(event) => {
                const start = minutesOf(event.currentTarget.value);
                if (start !== undefined) change(index, { start });
              }}
            />
            <TextInput
              type="time"
              aria-label={t("times.until")}
              value={one.end === DAY ? "00:00" : clock(one.end)}
              error={one.end <= one.start ? t("times.backwards") : undefined}
              onChange={(event) => {
                const end = minutesOf(event.currentTarget.value, true);
                if (end !== undefined) change(index, { end });
              }}
            />
            <ActionIcon aria-label={t("times.remove")} onClick={() => put(mine.filter((_, other) => other !== index))}>
              <Icon name="close" />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="default"
          onClick={() => {
            const start = Math.min(mine.at(-1)?.end ?? 9 * 60, DAY - 60);
            put([...mine, { weekday, start, end: Math.min(start + 120, DAY) }]);
          }}
        >
          {t("times.add")}
        </Button>
      </div>
    </details>
  );
}
