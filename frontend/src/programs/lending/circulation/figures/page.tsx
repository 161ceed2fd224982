/** The figures that lending goes by. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, Page } from "@/ui";
import { FiguresForm } from "@/ui/FiguresForm";

type Figures = components["schemas"]["LendingFiguresValues"];
type Bounds = [name: keyof Figures, least: number, most: number];

const groups: [name: string, figures: Bounds[]][] = [
  [
    "lending",
    [
      ["loan_days", 1, 180],
      ["renewals", 0, 5],
      ["most_loans", 1, 50],
      ["days_to_fetch", 1, 30],
      ["session_within_days", 1, 60],
    ],
  ],
  [
    "snail",
    [
      ["points_borrowed", 0, 100],
      ["points_in_time", 0, 100],
      ["points_brought", 0, 100],
      ["points_a_town", 1, 100],
    ],
  ],
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
  const cache = useQueryClient();
  const [figures, setFigures] = useState(saved);
  const save = api.useMutation("put", "/api/settings/lending", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/settings/lending"] });
      notifyDone(t("ui.saved"));
    },
  });
  return (
    <FiguresForm
      saved={saved}
      figures={figures}
      onChange={setFigures}
      groups={groups.map(([name, bounds]) => ({
        title: t(`lending_figures.${name}`),
        figures: bounds.map(([figure, least, most]) => ({
          path: [figure],
          label: t(`lending_figures.${figure}`),
          least,
          most,
        })),
      }))}
      saving={save}
      onSave={() => save.mutate({ body: figures })}
    />
  );
}
