import { Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, useFocusBack } from "@/ui";
import { CancelForm } from "./CancelForm";
import { MoveForm } from "./MoveForm";
import { Onlookers } from "./Onlookers";
import { AddForm, EditForm } from "./SessionForm";
import type { DialogProps } from "./wish";

export default function Dialogs({ wish, onClose, onDone }: DialogProps) {
  const t = useText();
  useFocusBack();
  const done: DialogProps["onDone"] = (id, week, day) => {
    onClose();
    onDone(id, week, day);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(`session.dialog.${wish.kind}`)}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      {wish.kind === "add" ? (
        <AddForm wish={wish} onDone={done} />
      ) : (
        <Existing wish={wish} onClose={onClose} onDone={done} />
      )}
    </Modal>
  );
}

/** What the form begins with is fetched when it opens; who saves meanwhile is heard of, and merged by the form. */
function Existing({ wish, onClose, onDone }: DialogProps) {
  const id = "id" in wish ? wish.id : 0;
  const path = { params: { path: { session_id: id } } };
  const options = { staleTime: 0, meta: { live: ["session"] } };
  const query = api.useQuery("get", "/api/board/sessions/{session_id}", path, options);
  const [opened, setOpened] = useState(false);
  if (!opened && query.data && !query.isFetching) setOpened(true);
  const newest = () => void query.refetch();
  return (
    <Loaded query={{ data: opened ? query.data : undefined, error: query.error, refetch: query.refetch }}>
      {(session) => {
        const form = { session, onDone, onNewest: newest };
        return (
          <Stack gap="md">
            <Onlookers session={id} changing takesPart />
            {wish.kind === "move" && <MoveForm {...form} to={wish.to} refused={wish.refused} />}
            {wish.kind === "cancel" && <CancelForm key={session.revision} {...form} onClose={onClose} />}
            {wish.kind === "edit" && <EditForm {...form} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
