/** The figures that planning and signing up go by. Administrators change them; others read. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import type { components } from "@/api/schema";
import { hasText, useText } from "@/i18n";
import { Loaded, notifyDone, OpenCard, Page, Section, useErrorText } from "@/ui";

type Figures = components["schemas"]["RosterFigures"];
type Path = readonly string[];

/** Where a figure stands in what the server sends; hours are shown where minutes are kept. */
const groups: { name: string; figures: { path: Path; step?: number; per?: number }[] }[] = [
  {
    name: "travel",
    figures: [
      { path: ["travel_base_minutes"] },
      { path: ["travel_minutes_per_km"], step: 0.5 },
      { path: ["max_travel_minutes"], step: 5 },
      { path: ["min_rest_minutes"], step: 5 },
    ],
  },
  {
    name: "experience",
    figures: [
      { path: ["experienced_from_minutes"], per: 60 },
      { path: ["new_at_minutes"], per: 60 },
      { path: ["history_weeks"] },
    ],
  },
  { name: "line", figures: [{ path: ["most_waiting"] }] },
  {
    name: "families",
    figures: [
      { path: ["cutoff_hours"] },
      { path: ["move_after_hours"] },
      { path: ["cancel_after_hours"] },
      { path: ["late_cancel_hours"] },
    ],
  },
  {
    name: "weights",
    figures: [
      { path: ["weights", "min", "first"], step: 100 },
      { path: ["weights", "min", "second"], step: 100 },
      { path: ["weights", "min", "third"], step: 100 },
      { path: ["weights", "target"], step: 10 },
      { path: ["weights", "keep"] },
      { path: ["weights", "add"] },
      { path: ["weights", "fair_step"] },
      { path: ["weights", "unpopular"] },
      { path: ["weights", "buddy"] },
      { path: ["weights", "travel_per_min"], step: 0.1 },
      { path: ["preferred_kind_score"] },
    ],
  },
  {
    name: "people",
    figures: [
      { path: ["weights", "standing"] },
      { path: ["weights", "familiar"] },
      { path: ["weights", "wish"] },
      { path: ["weights", "shared"] },
      { path: ["weights", "asked"] },
    ],
  },
];

/** What a figure does, where its name alone does not say it. */
const about = (path: Path) => `settings.about.${path.join(".")}`;

function read(figures: Figures, path: Path): number {
  let value: unknown = figures;
  for (const step of path) value = (value as Record<string, unknown>)[step];
  return value as number;
}

function written(figures: Figures, path: Path, value: number): Figures {
  const copy = structuredClone(figures);
  let place = copy as unknown as Record<string, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  place[path[path.length - 1] as string] = value;
  return copy;
}

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
  const errorText = useErrorText();
  const cache = useQueryClient();
  const mayChange = useGrant()?.role === "administrator";
  const [figures, setFigures] = useState(saved);
  const save = api.useMutation("put", "/api/settings/roster", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/roster"] });
      notifyDone(t("settings.saved"));
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate({ body: figures });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {groups.map((group) => (
          <Section key={group.name} title={t(`settings.${group.name}`)}>
            <Text c="dimmed">{t(`settings.${group.name}_hint`)}</Text>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              {group.figures.map(({ path, step = 1, per = 1 }) => (
                <NumberInput
                  key={path.join(".")}
                  label={t(`settings.figure.${path.join(".")}`)}
                  description={hasText(about(path)) && t(about(path))}
                  descriptionProps={{ fz: "sm", lh: 1.5 }}
                  inputWrapperOrder={["label", "input", "description"]}
                  value={read(figures, path) / per}
                  onChange={(value) =>
                    typeof value === "number" &&
                    setFigures(written(figures, path, step < 1 ? value : Math.round(value * per)))
                  }
                  min={0}
                  step={step}
                  decimalScale={step < 1 ? 2 : 0}
                  readOnly={!mayChange}
                  hideControls
                />
              ))}
            </SimpleGrid>
          </Section>
        ))}
        {save.error && (
          <Text role="alert" c="var(--empty)">
            {errorText(save.error)}
          </Text>
        )}
        {mayChange ? (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={JSON.stringify(figures) === JSON.stringify(saved)}>
              {t("settings.save")}
            </Button>
          </Group>
        ) : (
          <Text c="dimmed">{t("settings.read_only")}</Text>
        )}
      </Stack>
    </form>
  );
}
