/** Which sessions to publish first: found by day, site and program, chosen one by one or all that are shown. */
import { Button, Checkbox, Group, NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, localDay, Skeleton, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import styles from "./planning.module.css";
import type { Part } from "./types";
import { useMost, useProposal } from "./useProposal";

const STEP = 60;

export interface Chosen {
  /** All that is left where none are named. */
  sessions?: number[];
  /** How many people hear of it. */
  told: number;
}

interface Props {
  onChosen: (chosen: Chosen) => void;
  onClose: () => void;
}

export function PartDialog({ onChosen, onClose }: Props) {
  const t = useText();
  const { run } = useProposal();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/parts",
    { params: { path: { run_id: run.id } } },
    { meta: { live: ["proposal", "run"] } },
  );
  return (
    <Dialog title={t("plan.part_title")} onClose={onClose}>
      <Text c="dimmed">{t("plan.part_hint")}</Text>
      <Loaded query={found} skeleton={<Skeleton lines={8} />}>
        {(parts) => <Choice parts={parts} onChosen={onChosen} />}
      </Loaded>
    </Dialog>
  );
}

const unique = <T,>(items: T[]): T[] => [...new Set(items)];

function Choice({ parts, onChosen }: { parts: Part[]; onChosen: (chosen: Chosen) => void }) {
  const t = useText();
  const dates = useDates();
  const { hubs: names } = useProposal();
  const [day, setDay] = useState("");
  const [hub, setHub] = useState("");
  const [program, setProgram] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [most, more] = useMost(STEP);
  const hubs = unique(parts.map((one) => one.hub));
  const shown = parts.filter(
    (one) =>
      (!day || localDay(one.starts_at) === day) &&
      (!hub || one.hub === Number(hub)) &&
      (!program || one.title === program),
  );
  const picked = parts.filter(({ session }) => chosen.has(session));
  const told = new Set(picked.flatMap(({ people }) => people)).size;
  const allShown = shown.length > 0 && shown.every(({ session }) => chosen.has(session));
  const put = (sessions: number[], on: boolean) => {
    const next = new Set(chosen);
    for (const session of sessions) on ? next.add(session) : next.delete(session);
    setChosen(next);
  };
  const filters = [
    {
      label: t("plan.part_day"),
      value: day,
      set: setDay,
      all: t("plan.all_days"),
      options: unique(parts.map((one) => localDay(one.starts_at))).map((value) => ({
        value,
        label: dates.day(value),
      })),
    },
    {
      label: t("plan.site"),
      value: hub,
      set: setHub,
      all: t("plan.all_sites"),
      options: hubs.map((id) => ({ value: String(id), label: names.get(id) ?? "" })),
    },
    {
      label: t("plan.part_program"),
      value: program,
      set: setProgram,
      all: t("plan.all_programs"),
      options: unique(parts.map((one) => one.title)).map((value) => ({ value, label: value })),
    },
  ];
  return (
    <>
      <div className={styles.when}>
        {filters
          .filter(({ options }) => options.length > 1)
          .map(({ label, value, set, all, options }) => (
            <NativeSelect
              key={label}
              label={label}
              value={value}
              onChange={(event) => set(event.currentTarget.value)}
              data={[{ value: "", label: all }, ...options]}
            />
          ))}
      </div>
      <Button
        variant="default"
        onClick={() =>
          put(
            shown.map(({ session }) => session),
            !allShown,
          )
        }
      >
        {t(allShown ? "plan.part_none" : "plan.part_all", { n: shown.length })}
      </Button>
      <ul className={styles.rows}>
        {shown.slice(0, most).map((one) => (
          <li key={one.session} className={styles.past}>
            <Checkbox
              classNames={{ body: styles.hub, label: styles.hubLabel }}
              checked={chosen.has(one.session)}
              onChange={(event) => put([one.session], event.currentTarget.checked)}
              label={
                <>
                  <strong>{one.title}</strong> {hubs.length > 1 && names.get(one.hub)}
                  <Text size="sm" c="dimmed">
                    {dates.span(one.starts_at, one.ends_at)}
                    {t("plan.comma")}
                    {one.changes > 0 ? t("plan.part_changes", { n: one.changes }) : t("plan.part_same")}
                    {one.missing > 0 && `${t("plan.comma")}${t("plan.short", { n: one.missing })}`}
                  </Text>
                </>
              }
            />
          </li>
        ))}
      </ul>
      {shown.length > most && (
        <Button variant="default" onClick={more}>
          {t("plan.show_more", { n: shown.length - most })}
        </Button>
      )}
      <div className={styles.partFoot}>
        <Text size="sm">
          {picked.length === 0
            ? t("errors.no_sessions")
            : [
                t("plan.part_chosen", { n: picked.length }),
                told > 0 ? t("plan.will_tell", { n: told }) : t("plan.tells_nobody"),
              ].join(t("plan.comma"))}
        </Text>
        <Group justify="flex-end">
          <Button
            disabled={picked.length === 0}
            onClick={() => onChosen({ sessions: picked.map(({ session }) => session), told })}
          >
            {t("plan.part_publish", { n: picked.length })}
          </Button>
        </Group>
      </div>
    </>
  );
}
