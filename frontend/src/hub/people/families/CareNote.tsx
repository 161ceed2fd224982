/** One thing noted of a child: opened by a tap alone, since each look is recorded, then changed. */
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Note, Reason } from "./types";
import { useCareNote } from "./useCareNote";

const LONGEST = 2000;

interface Props {
  child: number;
  note: Note;
  /** Nobody looks without one. */
  reason: Reason | undefined;
  /** Who reads it, and what belongs there. */
  who?: string;
  hint: string;
}

export function CareNote({ child, note, reason, who, hint }: Props) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const name = t(`families.note_${note}`);
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{name}</span>
        {who && <span className={rows.soft}>{who}</span>}
      </div>
      <Group>
        <Button
          variant="default"
          disabled={reason === undefined}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={t(open ? "families.note_hide_which" : "families.note_show_which", { note: name })}
        >
          {t(open ? "families.note_hide" : "families.note_show")}
        </Button>
      </Group>
      {open && reason && <Opened child={child} note={note} reason={reason} hint={hint} />}
    </li>
  );
}

interface OpenedProps {
  child: number;
  note: Note;
  reason: Reason;
  hint: string;
}

function Opened({ child, note, reason, hint }: OpenedProps) {
  const query = useCareNote(child, note, reason);
  return <Loaded query={query}>{(read) => <Edit child={child} note={note} saved={read.note} hint={hint} />}</Loaded>;
}

function Edit({ child, note, saved, hint }: { child: number; note: Note; saved: string; hint: string }) {
  const t = useText();
  const words = useErrorText();
  const [text, setText] = useState(saved);
  const [kept, setKept] = useState(saved);
  const write = api.useMutation("put", "/api/children/{child_id}/care-note", {
    onSuccess: (answer) => {
      setText(answer.note);
      setKept(answer.note);
      notifyDone(t("families.kept"));
    },
  });
  const error: unknown = write.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ params: { path: { child_id: child }, query: { kind: note } }, body: { note: text } });
      }}
    >
      <Stack gap="sm">
        <Textarea
          aria-label={t(`families.note_${note}`)}
          description={hint}
          autosize
          minRows={2}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error !== null && (
          <Text role="alert" c="var(--empty)">
            {words(error)}
          </Text>
        )}
        <Group>
          <Button type="submit" variant="default" loading={write.isPending} disabled={text.trim() === kept.trim()}>
            {t("ui.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
