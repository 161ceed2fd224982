/** What somebody wishes who phones: how many times a week, written down for them. */
import { NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";

const MOST = 7;

interface Props {
  volunteer: number;
  name: string;
  wish: number | null;
}

export function WishFor({ volunteer, name, wish }: Props) {
  const t = useText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const save = api.useMutation("put", "/api/volunteers/{volunteer_id}/wish", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/runs/{run_id}/fairness"] });
      notifyDone(t("wish_for.saved", { name }));
    },
  });
  const shown = save.isPending ? (save.variables.body.per_week ?? null) : wish;
  const counts = Array.from({ length: Math.max(MOST, shown ?? 0) + 1 }, (_, count) => count);
  return (
    <NativeSelect
      size="sm"
      w="max-content"
      aria-label={t("wish_for.label", { name })}
      value={String(shown ?? "")}
      error={save.error ? errorText(save.error) : undefined}
      onChange={({ currentTarget: { value } }) =>
        save.mutate({
          params: { path: { volunteer_id: volunteer } },
          body: { per_week: value === "" ? null : Number(value) },
        })
      }
      data={[
        { value: "", label: t("wish_for.any") },
        ...counts.map((count) => ({ value: String(count), label: t("wish_for.times", { count }) })),
      ]}
    />
  );
}
