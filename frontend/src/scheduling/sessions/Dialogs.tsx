import { Modal } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded } from "@/ui";
import { CancelForm } from "./CancelForm";
import type { DialogProps } from "./index";
import { MoveForm } from "./MoveForm";
import { AddForm, EditForm } from "./SessionForm";

export default function Dialogs({ wish, onClose, onDone }: DialogProps) {
  const t = useText();
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

function Existing({ wish, onClose, onDone }: DialogProps) {
  const id = "id" in wish ? wish.id : 0;
  const path = { params: { path: { session_id: id } } };
  // As it was when the dialog opened: a save names that revision.
  const query = api.useQuery("get", "/api/board/sessions/{session_id}", path, { refetchOnWindowFocus: false });
  return (
    <Loaded query={query}>
      {(session) => {
        if (wish.kind === "move") return <MoveForm session={session} onDone={onDone} />;
        if (wish.kind === "cancel") return <CancelForm session={session} onClose={onClose} onDone={onDone} />;
        return <EditForm session={session} onDone={onDone} />;
      }}
    </Loaded>
  );
}
