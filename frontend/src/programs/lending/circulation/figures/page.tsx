/** The figures that lending goes by. Administrators change them; others read. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, Page, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type Figures = components["schemas"]["LendingFiguresValues"];

const groups: { name: string; figures: { name: keyof Figures; least: number; most: number }[] }[] = [
  {
    name: "lending",
    figures: [
      { name: "loan_days", least: 1, most: 180 },
      { name: "renewals", least: 0, most: 5 },
      { name: "most_loans", least: 1, most: 50 },
      { name: "days_to_fetch", least: 1, most: 30 },
      { name: "session_within_days", least: 1, most: 60 },
    ],
  },
  {
    name: "snail",
    figures: [
      { name: "points_borrowed", least: 0, most: 100 },
      { name: "points_in_time", least: 0, most: 100 },
      { name: "points_brought", least: 0, most: 100 },
      { name: "points_a_town", least: 1, most: 100 },
    ],
  },
];

export default function LendingFiguresPage() {
  const t = useText();
  const figures = api.useQuery("get", "/api/settings/lending", {}, { refetchOnWindowFocus: false });
  return (
    <Page title={t("lending_figures.title")} lead={t("lending_figures.lead")}>
      <Loaded query={figures}>{(data) => <Form saved={data} />}</Loaded>
    </Page>
  );
}

function Form({ saved }: { saved: Figures }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const mayChange = useGrant()?.role === "administrator";
  const [figures, setFigures] = useState(saved);
  const save = api.useMutation("put", "/api/settings/lending", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/lending"] });
      notifyDone(t("lending_figures.saved"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: figures });
      }}
    >
      <Stack gap="lg">
        {groups.map((group) => (
          <Section key={group.name} title={t(`lending_figures.${group.name}`)}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              {group.figures.map(({ name, least, most }) => (
                <NumberInput
                  key={name}
                  label={t(`lending_figures.${name}`)}
                  value={figures[name]}
                  onChange={(value) => typeof value === "number" && setFigures({ ...figures, [name]: value })}
                  min={least}
                  max={most}
                  allowDecimal={false}
                  readOnly={!mayChange}
                  hideControls
                />
              ))}
            </SimpleGrid>
          </Section>
        ))}
        {save.error && (
          <span role="alert" className={rows.error}>
            {words(save.error)}
          </span>
        )}
        {mayChange ? (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t("lending_figures.save")}
            </Button>
          </Group>
        ) : (
          <Text c="dimmed">{t("lending_figures.read_only")}</Text>
        )}
      </Stack>
    </form>
  );
}
