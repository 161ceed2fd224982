/** Which sites, how long to think, and the one button. */
import { Button, Checkbox, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useErrorText } from "@/ui";
import { PolicyChoice, useUsual } from "./PolicyChoice";
import styles from "./planning.module.css";
import type { Desk } from "./types";

const lengths = ["10", "30", "120"] as const;

/** The hubs last planned, or all that have sessions. */
function usual(desk: Desk): number[] {
  const busy = desk.hubs.filter((hub) => hub.sessions > 0).map((hub) => hub.id);
  const before = busy.filter((id) => desk.run?.hubs.includes(id));
  return before.length > 0 ? before : busy;
}

export function useStart() {
  const cache = useQueryClient();
  return api.useMutation("post", "/api/planning/runs", {
    onSuccess: () => cache.invalidateQueries({ queryKey: ["get", "/api/planning/desk"] }),
  });
}

export function Scope({ desk, onClose }: { desk: Desk; onClose?: () => void }) {
  const t = useText();
  const words = useErrorText();
  const [chosen, setChosen] = useState(() => usual(desk));
  const [seconds, setSeconds] = useState<string>("30");
  const [picked, setPicked] = useState<string>();
  const usualPolicy = useUsual(chosen);
  const policy = picked ?? usualPolicy;
  const start = useStart();
  const failure: unknown = start.error;
  const busy = desk.hubs.filter((hub) => hub.sessions > 0);
  const sessions = busy.filter((hub) => chosen.includes(hub.id)).reduce((sum, hub) => sum + hub.sessions, 0);
  const all = busy.length === chosen.length;

  return (
    <Stack gap="lg" className={styles.scope}>
      <Section
        title={t("plan.scope")}
        aside={
          busy.length > 1 && (
            <Button variant="default" onClick={() => setChosen(all ? [] : busy.map((hub) => hub.id))}>
              {all ? t("plan.choose_none") : t("plan.choose_all")}
            </Button>
          )
        }
      >
        <div className={styles.hubs}>
          {busy.map((hub) => (
            <Checkbox
              key={hub.id}
              classNames={{ body: styles.hub, label: styles.hubLabel }}
              checked={chosen.includes(hub.id)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked ? [...chosen, hub.id] : chosen.filter((other) => other !== hub.id),
                )
              }
              label={
                <>
                  {hub.name} <span className={styles.soft}>{t("plan.sessions", { n: hub.sessions })}</span>
                </>
              }
            />
          ))}
        </div>
        <Text c="dimmed">{t("plan.elsewhere_stays")}</Text>
      </Section>
      <PolicyChoice hubs={busy.filter((hub) => chosen.includes(hub.id))} value={policy} onChange={setPicked} />
      <Section title={t("plan.how_long")}>
        <SegmentedControl
          className={styles.lengths}
          value={seconds}
          onChange={setSeconds}
          aria-label={t("plan.how_long")}
          data={lengths.map((value) => ({ value, label: t(`plan.length_${value}`) }))}
        />
      </Section>
      {failure !== null && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
      <Group gap="sm">
        <Button
          size="lg"
          disabled={chosen.length === 0}
          loading={start.isPending}
          onClick={() => start.mutate({ body: { week: desk.week, hubs: chosen, seconds: Number(seconds), policy } })}
        >
          {t("plan.start")}
        </Button>
        {onClose && (
          <Button variant="default" onClick={onClose}>
            {t("ui.not_now")}
          </Button>
        )}
        <Text c="dimmed">{t("plan.will_plan", { hubs: chosen.length, n: sessions })}</Text>
      </Group>
    </Stack>
  );
}
