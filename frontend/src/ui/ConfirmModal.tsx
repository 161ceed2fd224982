/** The question itself, fetched when it is first asked. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import type { Question } from "./ConfirmDialog";
import { useFocusBack } from "./focus";

export default function ConfirmModal({ opened, onClose, title, consequence, verb, onConfirm, busy, error }: Question) {
  const t = useText();
  useFocusBack();
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ "aria-label": t("ui.close") }}>
      <Stack gap="lg">
        {consequence && <Text component="div">{consequence}</Text>}
        {error && (
          <Text c="var(--empty)" role="alert">
            {error}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("ui.not_now")}
          </Button>
          <Button onClick={onConfirm} loading={busy}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
