/** The end of a dialog that tried something out: going along with it, or not; and why it can't be. */
import { Button, Group, Text } from "@mantine/core";
import { useText } from "@/i18n";
import type { useMoves } from "./useMoves";

interface Props {
  moves: ReturnType<typeof useMoves>;
  label: string;
  disabled?: boolean;
  onGo: () => void;
  onClose: () => void;
}

export function GoAlong({ moves, label, disabled = false, onGo, onClose }: Props) {
  const t = useText();
  return (
    <>
      {moves.error && (
        <Text c="var(--empty)" role="alert">
          {moves.error}
        </Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("ui.not_now")}
        </Button>
        <Button loading={moves.busy} disabled={disabled} onClick={onGo}>
          {label}
        </Button>
      </Group>
    </>
  );
}
