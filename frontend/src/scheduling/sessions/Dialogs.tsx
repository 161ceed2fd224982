import { Modal } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, useFocusBack } from "@/ui";
import { CancelForm } from "./CancelForm";
import { MoveForm } from "./MoveForm";
import { AddForm, EditForm } from "./SessionForm";
import type { DialogProps } from "./wish";

type Session = components["schemas"]["SessionPanel"];

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

/** The session as it stood when the dialog opened: a save names that revision, and typing is not disturbed. */
function Existing({ wish, onClose, onDone }: DialogProps) {
  const id = "id" in wish ? wish.id : 0;
  const path = { params: { path: { session_id: id } } };
  const query = api.useQuery("get", "/api/board/sessions/{session_id}", path, { staleTime: 0 });
  const [held, setHeld] = useState<Session>();
  if (held === undefined && query.data && !query.isFetching) setHeld(query.data);
  const newest = async () => setHeld((await query.refetch()).data);
  return (
    <Loaded query={{ data: held, error: query.error, refetch: query.refetch }}>
      {(session) => {
        const form = { session, onDone, onNewest: newest };
        if (wish.kind === "move") return <MoveForm key={session.revision} {...form} />;
        if (wish.kind === "cancel") return <CancelForm key={session.revision} {...form} onClose={onClose} />;
        return <EditForm key={session.revision} {...form} />;
      }}
    </Loaded>
  );
}
