/** What an administrator does about a message that did not go out. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

export function DeadLetter({ message }: { message: components["schemas"]["MessageOut"] }) {
  const t = useText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const after = (words: string) => async () => {
    setAsking(false);
    await cache.invalidateQueries({ queryKey: ["get", "/api/messages"] });
    notifyDone(words);
  };
  const again = api.useMutation("post", "/api/messages/{message_id}/again", {
    onSuccess: after(t("messages.again_done")),
  });
  const aside = api.useMutation("post", "/api/messages/{message_id}/aside", {
    onSuccess: after(t("messages.aside_done")),
  });
  const params = { path: { message_id: message.id } };
  const unknown = message.error === "outcome_unknown";
  const failed = again.error ?? aside.error;
  const why = failed ? errorText(failed) : undefined;
  return (
    <>
      <Group gap="sm">
        {message.again && (
          <Button
            variant="default"
            loading={again.isPending}
            onClick={() => (unknown ? setAsking(true) : again.mutate({ params }))}
          >
            {t("messages.again")}
          </Button>
        )}
        <Button variant="subtle" loading={aside.isPending} onClick={() => aside.mutate({ params })}>
          {t("messages.put_aside")}
        </Button>
      </Group>
      {why && !asking && (
        <p role="alert" className={rows.error}>
          {why}
        </p>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("messages.again_title")}
        consequence={t("messages.again_unknown")}
        verb={t("messages.again")}
        onConfirm={() => again.mutate({ params })}
        busy={again.isPending}
        error={again.error ? why : undefined}
      />
    </>
  );
}
