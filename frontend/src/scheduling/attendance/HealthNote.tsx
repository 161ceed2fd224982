/** What has to be known of a child's health: opened by a tap alone, each look is kept, and its family sees it. */
import { Modal, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, useFocusBack } from "@/ui";
import type { ChildHere } from "./types";

export default function HealthNote({ child, onClose }: { child: ChildHere; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const note = api.useQuery(
    "get",
    "/api/children/{child_id}/care-note",
    { params: { path: { child_id: child.child }, query: { reason: "at_session" as const } } },
    { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
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
