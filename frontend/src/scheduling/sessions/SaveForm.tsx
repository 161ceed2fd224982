/** The frame of a form about a session: its fields, why a save was refused, and the one button. */
import { Button, Group, Stack } from "@mantine/core";
import { SaveError } from "./SaveError";

interface Props {
  label: string;
  /** May be saved as it stands. */
  ready: boolean;
  saving: { error: unknown; isPending: boolean };
  /** `confirmed`: all the same, after a question. */
  onSave: (confirmed: boolean) => void;
  /** All is filled in: the button alone is left. */
  focused?: boolean;
  children: React.ReactNode;
}

export function SaveForm({ label, ready, saving, onSave, focused, children }: Props) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(false);
      }}
    >
      <Stack gap="md">
        {children}
        <SaveError error={saving.error} busy={saving.isPending} onConfirm={() => onSave(true)} />
        <Group justify="flex-end">
          <Button type="submit" data-autofocus={focused || undefined} loading={saving.isPending} disabled={!ready}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
