import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { say, useDates } from "@/ui";
import styles from "./board.module.css";
import type { SessionPanel } from "./types";

export function History({ entries }: { entries: SessionPanel["history"] }) {
  const t = useText();
  const dates = useDates();
  const parts = (changed: string[]) =>
    changed.map((name) => say(t, "board.part", name, {}, "board.part.other")).join(t("board.comma"));
  if (entries.length === 0) return <Text c="dimmed">{t("board.no_history")}</Text>;
  return (
    <ul className={styles.people}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <span>
            {entry.by} {say(t, "board.done", entry.action, {}, "board.done.other")} {parts(entry.changed)}
          </span>
          <Text component="span" size="sm" c="dimmed">
            {dates.near(entry.at)} {dates.time(entry.at)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
