/** What is done, and the way back. */
import { Button, Group } from "@mantine/core";

interface Props {
  message: string;
  label: string;
  onUndo: () => void;
}

export function UndoLine({ message, label, onUndo }: Props) {
  return (
    <Group justify="space-between" gap="sm">
      {message}
      <Button variant="default" onClick={onUndo}>
        {label}
      </Button>
    </Group>
  );
}
