/** When somebody came and went, as staff say it; what was noted before stays on record. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, useDates, useErrorText, useFocusBack } from "@/ui";
import type { Awaited, DoorSession } from "./types";
import { useRefreshDay } from "./useDay";

interface Props {
  person: Awaited;
  session: DoorSession;
  onClose: () => void;
}

export default function TimesDialog({ person, session, onClose }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshDay();
  useFocusBack();
  const [came, setCame] = useState(person.signed_in_at ? dates.time(person.signed_in_at) : "");
  const [went, setWent] = useState(person.signed_out_at ? dates.time(person.signed_out_at) : "");
  const save = api.useMutation("put", "/api/attendance/places/{assignment_id}/times", {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  /** On the district's clock, whatever this device's. */
  const moment = (time: string) => (time ? `${localDay(session.starts_at)}T${time}:00+08:00` : null);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate({
      params: { path: { assignment_id: person.assignment } },
      body: { signed_in_at: moment(came), signed_out_at: moment(went) },
    });
  };
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t("attend.times_whom", { name: person.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t("attend.times_hint")}</Text>
          <TextInput
            type="time"
            label={t("attend.came_at")}
            value={came}
            onChange={(event) => setCame(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="time"
            label={t("attend.went_at")}
            value={went}
            onChange={(event) => setWent(event.currentTarget.value)}
          />
          {save.error && (
            <Text role="alert" c="var(--empty)">
              {words(save.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("attend.save_times")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
