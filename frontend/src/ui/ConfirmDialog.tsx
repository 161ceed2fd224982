/** One question, said with its consequence; the main button repeats the verb. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, to whom. */
  consequence?: React.ReactNode;
  /** The verb on the button. */
  verb: string;
  onConfirm: () => void;
  busy?: boolean;
  /** The answer to a failed attempt, already worded. */
  error?: string;
}

export function ConfirmDialog({ opened, onClose, title, consequence, verb, onConfirm, busy, error }: Props) {
  const t = useText();
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
