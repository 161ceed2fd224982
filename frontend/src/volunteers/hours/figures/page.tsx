/** The figures that hours go by: stars, and how long one has. Administrators set new ones from a day on; others read. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, Page, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

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
  const words = useErrorText();
  const cache = useQueryClient();
  const mayChange = useGrant()?.role === "administrator";
  const today = localDay(new Date());
  const [stars, setStars] = useState(saved.star_hours);
  const [silence, setSilence] = useState(saved.silence_days);
  const [entry, setEntry] = useState(saved.entry_working_days);
  const [from, setFrom] = useState(today);
  const save = api.useMutation("put", "/api/settings/hours", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/hours"] });
      notifyDone(t("figures.saved", { day: dates.date(from) }));
    },
  });
  const limits = [
    { name: "silence_days", value: silence, set: setSilence },
    { name: "entry_working_days", value: entry, set: setEntry },
  ];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          body: { valid_from: from, star_hours: stars, silence_days: silence, entry_working_days: entry },
        });
      }}
    >
      <Stack gap="lg">
        {saved.valid_from < today && (
          <Text c="dimmed">{t("figures.since", { day: dates.date(saved.valid_from) })}</Text>
        )}
        <Section title={t("figures.stars")}>
          <Text c="dimmed">{t("figures.stars_hint")}</Text>
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="md">
            {stars.map((hours, index) => (
              <NumberInput
                // biome-ignore lint/suspicious/noArrayIndexKey: a star is nothing but its place
                key={index}
                label={t("figures.star", { count: index + 1 })}
                value={hours}
                onChange={(value) => typeof value === "number" && setStars(stars.with(index, value))}
                min={1}
                max={100_000}
                allowDecimal={false}
                readOnly={!mayChange}
                hideControls
              />
            ))}
          </SimpleGrid>
          {mayChange && (
            <Group gap="sm">
              <Button
                variant="default"
                disabled={stars.length >= MOST_STARS}
                onClick={() => setStars([...stars, (stars.at(-1) ?? 0) + STEP])}
              >
                {t("figures.more")}
              </Button>
              <Button variant="subtle" disabled={stars.length <= 1} onClick={() => setStars(stars.slice(0, -1))}>
                {t("figures.fewer")}
              </Button>
            </Group>
          )}
        </Section>
        <Section title={t("figures.limits")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            {limits.map(({ name, value, set }) => (
              <NumberInput
                key={name}
                label={t(`figures.${name}`)}
                value={value}
                onChange={(chosen) => typeof chosen === "number" && set(chosen)}
                min={1}
                max={60}
                allowDecimal={false}
                readOnly={!mayChange}
                hideControls
              />
            ))}
          </SimpleGrid>
        </Section>
        {mayChange && (
          <TextInput
            type="date"
            label={t("figures.from")}
            min={today}
            max="2100-12-31"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            required
          />
        )}
        {save.error && (
          <span role="alert" className={rows.error}>
            {words(save.error)}
          </span>
        )}
        {mayChange ? (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={from === ""}>
              {t("figures.save")}
            </Button>
          </Group>
        ) : (
          <Text c="dimmed">{t("figures.read_only")}</Text>
        )}
      </Stack>
    </form>
  );
}
