/** What can be done about a series: a draft is published or thrown away, a published one changed, ended, had back. */
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, useErrorText } from "@/ui";
import type { Series } from "../types";

export type Deed = "edit" | "publish" | "end" | "undo";

export function Deeds({ series, onDeed }: { series: Series; onDeed: (deed: Deed) => void }) {
  const t = useText();
  const [removing, setRemoving] = useState(false);
  const over = series.occurrences.every((one) => Date.parse(one.starts_at) <= Date.now());
  return (
    <Group gap="sm">
      {series.draft && <Button onClick={() => onDeed("publish")}>{t("series.deed.publish")}</Button>}
      {series.undo_until && (
        <Button onClick={() => onDeed("undo")} leftSection={<Icon name="back" />}>
          {t("series.deed.undo")}
        </Button>
      )}
      {(series.draft || !over) && (
        <Button variant="default" onClick={() => onDeed("edit")}>
          {t("series.change_all")}
        </Button>
      )}
      {!series.draft && !over && (
        <Button variant="default" onClick={() => onDeed("end")}>
          {t("series.deed.end")}
        </Button>
      )}
      {series.draft && (
        <Button variant="default" onClick={() => setRemoving(true)}>
          {t("series.remove_draft")}
        </Button>
      )}
      <RemoveDraft series={series} opened={removing} onClose={() => setRemoving(false)} />
    </Group>
  );
}

/** Thrown away, with ten minutes to have it back. */
function RemoveDraft({ series, opened, onClose }: { series: Series; opened: boolean; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const go = useNavigate();
  const remove = api.useMutation("delete", "/api/series/{series_id}");
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("series.remove_draft")}
      consequence={t("series.remove_draft_consequence")}
      verb={t("series.remove_draft")}
      busy={remove.isPending}
      {...(remove.error !== null && { error: words(remove.error) })}
      onConfirm={() =>
        remove.mutate(
          { params: { path: { series_id: series.id }, query: { revision: series.revision } } },
          { onSuccess: () => void go(`/series?removed=${series.id}`) },
        )
      }
    />
  );
}
