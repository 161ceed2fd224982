/** A session that lacks people: its clock, and two ways to act without opening it. */
import { Button, Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useText } from "@/i18n";
import { CallList, SearchLine } from "@/scheduling/callouts";
import { Icon } from "@/ui";
import styles from "../repairs.module.css";
import { type BoardSession, lacksPeople } from "../types";
import { CutOffWords } from "./CutOffs";

const MINUTE = 60_000;

interface Props {
  session: BoardSession;
  /** The worst of the day: its repair is the page's main action. */
  worst: boolean;
  onRepair: () => void;
}

export function Problem({ session, worst, onRepair }: Props) {
  const t = useText();
  const [calling, setCalling] = useState<number>();
  const sheet = calling !== undefined && (
    <CallList
      need={calling}
      session={session}
      onClose={() => setCalling(undefined)}
      onRepair={() => {
        setCalling(undefined);
        onRepair();
      }}
    />
  );
  // Found while somebody looks at the list: it stays, and says so.
  if (!lacksPeople(session)) return sheet || null;
  const need =
    session.needs.find((one) => one.filled < one.min) ?? session.needs.find((one) => one.filled < one.target);
  return (
    <div className={styles.problem}>
      <div className={styles.how}>
        <Clock starts={session.starts_at} />
        {need && <SearchLine need={need.id} />}
        <CutOffWords session={session.id} />
      </div>
      <Group gap="xs" wrap="nowrap">
        {need && (
          <Button
            variant="default"
            leftSection={<Icon name="phone" />}
            aria-label={t("repair.call_around_for", { title: session.title })}
            onClick={() => setCalling(need.id)}
          >
            {t("repair.call_around")}
          </Button>
        )}
        <Button
          variant={worst ? "filled" : "default"}
          leftSection={<Icon name="swap" />}
          aria-label={t("repair.adjust_which", { title: session.title })}
          onClick={onRepair}
        >
          {t("repair.adjust")}
        </Button>
      </Group>
      {sheet}
    </div>
  );
}

/** How long until it begins, while that is today's concern. */
function Clock({ starts }: { starts: string }) {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  const left = Math.floor((Date.parse(starts) - now) / MINUTE);
  if (left < 0 || left >= 24 * 60) return null;
  return (
    <Text size="sm" className={styles.clock}>
      {left < 120
        ? t("repair.begins_in_minutes", { minutes: left })
        : t("repair.begins_in_hours", { hours: Math.floor(left / 60) })}
    </Text>
  );
}
