/** What is noted of a child: opened by a tap alone, since each look is recorded; the guardian's own words to change. */
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, notifyDone, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Child, Note } from "./types";

const LONGEST = 2000;
const NOTES: Note[] = ["health", "hardship", "left_behind"];

export function Notes({ child }: { child: Child }) {
  const t = useText();
  return (
    <Section title={t("families.notes")}>
      <p className={rows.soft}>{t("families.notes_hint")}</p>
      <ul className={rows.list}>
        {NOTES.map((note) => (
          <OneNote key={note} child={child.id} note={note} />
        ))}
      </ul>
      <Looks child={child.id} />
    </Section>
  );
}

function OneNote({ child, note }: { child: number; note: Note }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{t(`families.note_${note}`)}</span>
        <span className={rows.soft}>{t(`families.note_${note}_who`)}</span>
      </div>
      <Group>
        <Button
          variant="default"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={t(open ? "families.note_hide_which" : "families.note_show_which", {
            note: t(`families.note_${note}`),
          })}
        >
          {t(open ? "families.note_hide" : "families.note_show")}
        </Button>
      </Group>
      {open && <Opened child={child} note={note} />}
    </li>
  );
}

function Opened({ child, note }: { child: number; note: Note }) {
  // Not kept once it is closed.
  const query = api.useQuery(
    "get",
    "/api/children/{child_id}/care-note",
    { params: { path: { child_id: child }, query: { reason: "own_child" as const, kind: note } } },
    { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  return <Loaded query={query}>{(read) => <Edit child={child} note={note} saved={read.note} />}</Loaded>;
}

function Edit({ child, note, saved }: { child: number; note: Note; saved: string }) {
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
          label={t(`families.note_${note}`)}
          description={t(`families.note_${note}_hint`)}
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
            {t("families.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Who looked, when and why, in plain words; fetched when it is opened. */
function Looks({ child }: { child: number }) {
  const t = useText();
  const dates = useDates();
  const [open, setOpen] = useState(false);
  const looks = api.useQuery(
    "get",
    "/api/children/{child_id}/looks",
    { params: { path: { child_id: child } } },
    { enabled: open, staleTime: 0 },
  );
  return (
    <details className={rows.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("families.looks")}</summary>
      {open && (
        <Loaded query={looks}>
          {(all) => {
            const others = all.filter((look) => !look.own);
            if (others.length === 0) return <p>{t("families.looks_none")}</p>;
            return (
              <ul className={rows.list}>
                {others.map((look) => (
                  <li key={`${look.at}-${look.note}-${look.deed}`} className={rows.facts}>
                    <span>
                      {t(`families.look_${look.deed}`, {
                        who: look.who || t("families.somebody_gone"),
                        note: t(`families.note_${look.note}`),
                      })}
                    </span>
                    <span className={rows.soft}>
                      {look.reason
                        ? t("families.look_why", {
                            when: `${dates.near(look.at)} ${dates.time(look.at)}`,
                            why: t(`families.reason_${look.reason}`),
                          })
                        : `${dates.near(look.at)} ${dates.time(look.at)}`}
                    </span>
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      )}
    </details>
  );
}
