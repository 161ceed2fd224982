import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone, useDates } from "@/ui";
import { SaveError } from "./SaveError";

interface Props {
  session: components["schemas"]["SessionPanel"];
  onClose: () => void;
  onNewest: () => void;
  onDone: (id: number, week: string) => void;
}

export function CancelForm({ session, onClose, onDone, onNewest }: Props) {
  const t = useText();
  const dates = useDates();
  const [reason, setReason] = useState("");
  const cancel = api.useMutation("post", "/api/sessions/{session_id}/cancel");
  const over = Date.parse(session.ends_at) <= Date.now();
  const comers = session.people.filter((person) => person.state !== "declined").length;
  const save = () =>
    cancel.mutate(
      { params: { path: { session_id: session.id } }, body: { revision: session.revision, reason } },
      {
        onSuccess: (saved) => {
          notifyDone(t(over ? "session.cancelled_over" : "session.cancelled"));
          onDone(saved.id, saved.week);
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <Text>
          {session.title} {dates.span(session.starts_at, session.ends_at)}
        </Text>
        <Text>
          {t(over ? "session.cancel_over_consequence" : "session.cancel_consequence", {
            comers,
            booked: session.booked + session.waiting,
          })}
        </Text>
        <TextInput
          label={t("session.reason")}
          description={t("session.reason_hint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          data-autofocus
        />
        <SaveError error={cancel.error} busy={cancel.isPending} onConfirm={save} onNewest={onNewest} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("ui.not_now")}
          </Button>
          <Button type="submit" loading={cancel.isPending} disabled={!reason.trim()}>
            {t("session.do_cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
