/** What is noted of a family's need, for who helps it: why one looks is said first, and its guardian reads it. */
import { Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { CareNote } from "../CareNote";
import type { Child, Note, Reason } from "../types";

const NOTES: Note[] = ["hardship", "left_behind"];
const REASONS: Reason[] = ["helping", "preparing", "emergency"];

export function NotesDialog({ child, onClose }: { child: Child; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [reason, setReason] = useState<Reason>();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("families.notes_of", { name: child.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="md">
        <Text>{t("families.look_is_told")}</Text>
        <Radio.Group
          label={t("families.why_look")}
          value={reason ?? null}
          onChange={(chosen) => setReason(chosen as Reason)}
        >
          <Stack gap="sm" mt="xs">
            {REASONS.map((one) => (
              <Radio key={one} value={one} label={t(`families.reason_${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {/* Another reason is another look. */}
        <ul key={reason} className={rows.list}>
          {NOTES.map((note) => (
            <CareNote key={note} child={child.id} note={note} reason={reason} hint={t("families.note_staff_hint")} />
          ))}
        </ul>
      </Stack>
    </Modal>
  );
}
