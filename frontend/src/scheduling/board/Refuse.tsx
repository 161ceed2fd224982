/** A no to who asked for a place is told kindly; why may be added, and they read it. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useFocusBack } from "@/ui";
import { useRefreshSession } from "./useRefreshSession";
import { useWhyNotThem } from "./whyThem";

interface Props {
  asked: { assignment: number; name: string };
  session: number;
  onClose: () => void;
}

export function Refuse({ asked: { assignment, name }, session, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session);
  const [reason, setReason] = useState("");
  const refuse = api.useMutation("post", "/api/assignments/{assignment_id}/refuse", {
    onSuccess: async () => {
      await refresh();
      onClose();
      notifyDone(t("board.refused", { name }));
    },
  });
  const error: unknown = refuse.error;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("board.refuse_title", { name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          refuse.mutate({ params: { path: { assignment_id: assignment } }, body: { reason } });
        }}
      >
        <Stack gap="md">
          <Text>{t("board.refuse_consequence")}</Text>
          <TextInput
            label={t("board.reason_for_them")}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {error !== null && (
            <Text role="alert" c="var(--empty)">
              {whyNot(error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={refuse.isPending}>
              {t("board.refuse")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
