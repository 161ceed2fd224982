/** What has to be known of a child's health: opened by a tap alone, each look is kept, and its family sees it. */
import { Modal, Stack, Text } from "@mantine/core";
import { useCareNote } from "@/hub/people/families/useCareNote";
import { useText } from "@/i18n";
import { Loaded, useFocusBack } from "@/ui";
import type { ChildHere } from "./types";

export default function HealthNote({ child, onClose }: { child: ChildHere; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const note = useCareNote(child.child, "health", "at_session");
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t("child.note_whose", { name: child.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="sm">
        <Loaded query={note}>{(data) => <Text>{data.note}</Text>}</Loaded>
        <Text c="dimmed">{t("child.note_kept")}</Text>
      </Stack>
    </Modal>
  );
}
