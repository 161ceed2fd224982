/** What is noted of a child, for its guardian: to read and change, and who else looked. */
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { CareNote } from "./CareNote";
import type { Child, Note } from "./types";

const NOTES: Note[] = ["health", "hardship", "left_behind"];

export function Notes({ child }: { child: Child }) {
  const t = useText();
  return (
    <Section title={t("families.notes")}>
      <p className={rows.soft}>{t("families.notes_hint")}</p>
      <ul className={rows.list}>
        {NOTES.map((note) => (
          <CareNote
            key={note}
            child={child.id}
            note={note}
            reason="own_child"
            who={t(`families.note_${note}_who`)}
            hint={t(`families.note_${note}_hint`)}
          />
        ))}
      </ul>
      <Looks child={child.id} />
    </Section>
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
