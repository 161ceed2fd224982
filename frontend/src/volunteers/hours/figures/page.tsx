/** The figures that hours go by: stars, and how long one has. New ones hold from a day on. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, Page, useDates } from "@/ui";
import { FiguresForm } from "@/ui/FiguresForm";

type Figures = components["schemas"]["HoursFigures"];
const MOST_STARS = 9;
const STEP = 500;

export default function HoursFiguresPage() {
  const t = useText();
  const figures = api.useQuery("get", "/api/settings/hours", {}, { refetchOnWindowFocus: false });
  return (
    <Page title={t("figures.title")} lead={t("figures.lead")}>
      <Loaded query={figures}>{(data) => <Form saved={data} />}</Loaded>
    </Page>
  );
}

function Form({ saved }: { saved: Figures }) {
  const t = useText();
  const dates = useDates();
  const cache = useQueryClient();
  const today = localDay(new Date());
  const [figures, setFigures] = useState({ ...saved, valid_from: today });
  const { star_hours: stars, valid_from: from } = figures;
  const setStars = (hours: number[]) => setFigures({ ...figures, star_hours: hours });
  const save = api.useMutation("put", "/api/settings/hours", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/hours"] });
      notifyDone(t("figures.saved", { day: dates.date(from) }));
    },
  });
  return (
    <>
      {saved.valid_from < today && <Text c="dimmed">{t("figures.since", { day: dates.date(saved.valid_from) })}</Text>}
      <FiguresForm
        saved={saved}
        figures={figures}
        onChange={setFigures}
        groups={[
          {
            title: t("figures.stars"),
            hint: t("figures.stars_hint"),
            figures: stars.map((_, index) => ({
              path: ["star_hours", index],
              label: t("figures.star", { count: index + 1 }),
              least: 1,
              most: 100_000,
            })),
            foot: (
              <Group gap="sm">
                <Button
                  variant="default"
                  disabled={stars.length >= MOST_STARS}
                  onClick={() => setStars([...stars, (stars.at(-1) || 0) + STEP])}
                >
                  {t("figures.more")}
                </Button>
                <Button variant="subtle" disabled={stars.length <= 1} onClick={() => setStars(stars.slice(0, -1))}>
                  {t("figures.fewer")}
                </Button>
              </Group>
            ),
          },
          {
            title: t("figures.limits"),
            figures: ["silence_days", "entry_working_days"].map((name) => ({
              path: [name],
              label: t(`figures.${name}`),
              least: 1,
              most: 60,
            })),
          },
        ]}
        saving={save}
        onSave={() => save.mutate({ body: figures })}
      >
        <TextInput
          type="date"
          label={t("figures.from")}
          min={today}
          max="2100-12-31"
          value={from}
          onChange={(event) => setFigures({ ...figures, valid_from: event.currentTarget.value })}
          required
        />
      </FiguresForm>
    </>
  );
}
