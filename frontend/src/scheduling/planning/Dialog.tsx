/** A dialog as all of planning uses it. */
import { Modal, Stack } from "@mantine/core";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";

interface Props {
  title: React.ReactNode;
  onClose: () => void;
  children: React.ReactNode;
}

export function Dialog({ title, onClose, children }: Props) {
  const t = useText();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={title}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      transitionProps={{ duration: 0 }}
      // Its header is no banner of the page.
      attributes={{ header: { role: "presentation" } }}
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}
