/** An earlier roster as a proposal: drafted, looked through, published as any. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";
import type { Run } from "./types";

export function Restore({ run }: { run: Run }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const restore = api.useMutation("post", "/api/planning/runs/{run_id}/restore", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/desk"] });
      navigate(`?week=${run.week}`);
    },
  });
  const failure: unknown = restore.error;
  return (
    <div>
      <Group gap="0.5rem 1rem">
        <Button
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ params: { path: { run_id: run.id } } })}
        >
          {t("plan.restore")}
        </Button>
        <Text c="dimmed">{t("plan.restore_hint")}</Text>
      </Group>
      {failure !== null && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
    </div>
  );
}
