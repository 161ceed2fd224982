/** When somebody came and went, said afterwards: with a reason, for a second person to approve. */
import { Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { localDay, momentOf, useDates, useElder, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";

interface Props {
  title: string;
  about: string;
  starts_at: string;
  ends_at: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSay: (times: { started_at: string; ended_at: string; reason: string }) => void;
}

export default function TimesDialog({ title, about, starts_at, ends_at, busy, error, onClose, onSay }: Props) {
  const t = useText();
  const dates = useDates();
  const errorText = useErrorText();
  const elder = useElder();
  useFocusBack();
  const [from, setFrom] = useState(dates.time(starts_at));
  const [until, setUntil] = useState(dates.time(ends_at));
  const [reason, setReason] = useState("");
  const day = localDay(starts_at);
  return (
    <Modal opened onClose={onClose} centered title={title} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSay({ started_at: momentOf(day, from), ended_at: momentOf(day, until), reason });
        }}
      >
        <Stack gap="md">
          <Text>{about}</Text>
          <SimpleGrid cols={elder ? 1 : 2} spacing="sm">
            <TextInput
              type="time"
              label={t("hours.came")}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
              required
            />
            <TextInput
              type="time"
              label={t("hours.went")}
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
              required
            />
          </SimpleGrid>
          <Textarea
            label={t("hours.reason")}
            description={t("hours.reason_hint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={200}
            autosize
            minRows={2}
            required
          />
          {error !== null && error !== undefined && (
            <span role="alert" className={rows.error}>
              {errorText(error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={busy} disabled={!from || !until || reason.trim() === ""}>
              {t("hours.send_to_second")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
