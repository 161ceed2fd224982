/** Allergies and the like: opened by a tap alone, since each look is recorded; the guardian's own words to change. */
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

const LONGEST = 2000;

export function CareNote({ child, name }: { child: number; name: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className={rows.facts}>
      <span>
        <Button variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? "family.note_hide" : "family.note_show", { child: name })}
        </Button>
      </span>
      {open && (
        <>
          <span className={rows.soft}>{t("family.note_logged")}</span>
          <Note child={child} />
        </>
      )}
    </div>
  );
}

function Note({ child }: { child: number }) {
  const t = useText();
  const path = { path: { child_id: child } };
  // Not kept once it is closed.
  const query = api.useQuery(
    "get",
    "/api/children/{child_id}/care-note",
    { params: { ...path, query: { reason: "own_child" as const } } },
    { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  return <Loaded query={query}>{({ note }) => <Edit child={child} saved={note} label={t("family.note")} />}</Loaded>;
}

function Edit({ child, saved, label }: { child: number; saved: string; label: string }) {
  const t = useText();
  const words = useErrorText();
  const [note, setNote] = useState(saved);
  const [kept, setKept] = useState(saved);
  const write = api.useMutation("put", "/api/children/{child_id}/care-note", {
    onSuccess: (answer) => {
      setNote(answer.note);
      setKept(answer.note);
      notifyDone(t("family.note_saved"));
    },
  });
  const error: unknown = write.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ params: { path: { child_id: child } }, body: { note } });
      }}
    >
      <Stack gap="sm" mt="sm">
        <Textarea
          label={label}
          description={t("family.note_hint")}
          autosize
          minRows={2}
          maxLength={LONGEST}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {error !== null && (
          <Text role="alert" c="var(--empty)">
            {words(error)}
          </Text>
        )}
        <Group>
          <Button type="submit" variant="default" loading={write.isPending} disabled={note.trim() === kept.trim()}>
            {t("family.note_save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
