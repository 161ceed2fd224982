/** 来不了: why may be said, and may be skipped. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useDates, useFocusBack } from "@/ui";
import type { MyShift } from "./types";

interface Props {
  shift: Pick<MyShift, "starts_at" | "ends_at">;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

export default function Decline({ shift, onClose, onDecline }: Props) {
  const t = useText();
  useFocusBack();
  const dates = useDates();
  const [reason, setReason] = useState("");
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("shift.decline_title")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDecline(reason.trim());
        }}
      >
        <Stack gap="md">
          <Text>{dates.nearSpan(shift.starts_at, shift.ends_at)}</Text>
          <TextInput
            label={t("shift.decline_reason")}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("shift.decline_back")}
            </Button>
            <Button type="submit">{t("shift.decline_send")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
