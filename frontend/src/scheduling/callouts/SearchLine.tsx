/** How the search for a role goes: who was asked, who can't, when others are asked; or that nobody was found. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon, useDates } from "@/ui";
import styles from "./callouts.module.css";
import type { CallOut } from "./types";
import { useCallOut } from "./useCallOuts";

export interface SearchProps {
  need: number;
}

export default function SearchLine({ need }: SearchProps) {
  const callout = useCallOut(need);
  return callout ? <Search callout={callout} /> : null;
}

export function Search({ callout }: { callout: CallOut }) {
  const t = useText();
  const dates = useDates();
  const { state, asking, asked, declined, unreached, silent, wave, next_look: next } = callout;
  const waits = state === "running" && asking && wave > 0 && silent + unreached > 0;
  const words: Record<CallOut["state"], string> = {
    running: asking ? t(wave === 0 ? "search.starting" : "search.running") : t("search.calling"),
    filled: t("search.filled"),
    stopped: t("search.stopped"),
    begun: t("search.begun"),
    nobody_left: t("search.nobody_left"),
  };
  return (
    <Text size="sm" className={styles.search} role="status" data-search={state}>
      <Icon name={state === "nobody_left" ? "warning" : state === "filled" ? "check" : "message"} />
      <span>
        {t("search.line", {
          what: words[state],
          counts: asked > 0 ? t("search.counts", { asked, declined, unreached, silent }) : "",
          next: waits && next ? t("search.next", { time: `${dates.near(next)} ${dates.time(next)}` }) : "",
        })}
      </span>
    </Text>
  );
}
