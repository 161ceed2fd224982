/** The figures that planning and signing up go by, and the way to the others. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { hasText, useText } from "@/i18n";
import { Loaded, notifyDone, OpenCard, Page, Section } from "@/ui";
import { type Figure, FiguresForm } from "@/ui/FiguresForm";

type Figures = components["schemas"]["RosterFigures"];
type Field = Omit<Figure, "label" | "about">;

const DAY = 24 * 60;
const HOURS = 10_000;
const WEEK = 168;

/** Figures below zero make no sense anywhere. */
const up = (most: number, path: string, more: Partial<Field> = {}): Field => ({
  path: path.split("."),
  least: 0,
  most,
  ...more,
});
const weight = (name: string, step = 1): Field => up(100_000, `weights.${name}`, { step });

const groups: Record<string, Field[]> = {
  travel: [
    up(120, "travel_base_minutes"),
    up(60, "travel_minutes_per_km", { step: 0.5 }),
    up(DAY, "max_travel_minutes", { step: 5 }),
    up(DAY, "min_rest_minutes", { step: 5 }),
  ],
  experience: [
    up(HOURS, "experienced_from_minutes", { per: 60 }),
    up(HOURS, "new_at_minutes", { per: 60 }),
    up(52, "history_weeks"),
  ],
  line: [up(1000, "most_waiting")],
  families: [
    up(WEEK, "cutoff_hours", { least: 2 }),
    up(WEEK, "move_after_hours"),
    up(WEEK, "cancel_after_hours"),
    up(WEEK, "late_cancel_hours"),
  ],
  weights: [
    weight("min.first", 100),
    weight("min.second", 100),
    weight("min.third", 100),
    weight("target", 10),
    weight("keep"),
    weight("add"),
    weight("fair_step"),
    weight("unpopular"),
    weight("buddy"),
    weight("travel_per_min", 0.1),
    up(10_000, "preferred_kind_score"),
  ],
  people: ["standing", "familiar", "wish", "shared", "asked"].map((name) => weight(name)),
};

export default function SettingsPage() {
  const t = useText();
  const figures = api.useQuery("get", "/api/settings/roster", {}, { refetchOnWindowFocus: false });
  return (
    <Page title={t("settings.title")} lead={t("settings.lead")}>
      <Loaded query={figures}>{(data) => <Form saved={data} />}</Loaded>
      <Section title={t("settings.elsewhere")}>
        <OpenCard to="/settings/hours">{t("settings.to_hours")}</OpenCard>
        <OpenCard to="/settings/lending">{t("settings.to_lending")}</OpenCard>
        <OpenCard to="/settings/days">{t("settings.to_days")}</OpenCard>
      </Section>
    </Page>
  );
}

function Form({ saved }: { saved: Figures }) {
  const t = useText();
  const cache = useQueryClient();
  const [figures, setFigures] = useState(saved);
  const save = api.useMutation("put", "/api/settings/roster", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/roster"] });
      notifyDone(t("ui.saved"));
    },
  });
  const labeled = (field: Field): Figure => {
    const name = field.path.join(".");
    const about = `settings.about.${name}`;
    return { ...field, label: t(`settings.figure.${name}`), about: hasText(about) ? t(about) : undefined };
  };
  return (
    <FiguresForm
      saved={saved}
      figures={figures}
      onChange={setFigures}
      groups={Object.entries(groups).map(([name, fields]) => ({
        title: t(`settings.${name}`),
        hint: t(`settings.${name}_hint`),
        figures: fields.map(labeled),
      }))}
      saving={save}
      onSave={() => save.mutate({ body: figures })}
    />
  );
}
