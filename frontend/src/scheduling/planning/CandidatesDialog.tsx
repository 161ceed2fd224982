/** Who could take a place: those whom nothing keeps from it, then those whom one thing does. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, say, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import { useLookup } from "./lookup";
import styles from "./planning.module.css";
import type { Person } from "./types";
import { useEdit } from "./useEdit";
import { WhatIfDialog } from "./WhatIfDialog";
import { useWhy } from "./why";

/** What giving up another place mends: it can be tried out. */
const MOVABLE = new Set(["clash", "at_limit"]);

export interface Opening {
  need: number;
  /** The volunteer whose place it is, in a swap. */
  instead?: number;
}

export function CandidatesDialog({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const { run, needs, people } = useLookup();
  const edit = useEdit(onClose);
  const [trying, setTrying] = useState<Person>();
  const found = api.useQuery("get", "/api/planning/runs/{run_id}/needs/{need_id}/candidates", {
    params: {
      path: { run_id: run.id, need_id: opening.need },
      query: opening.instead ? { instead: opening.instead } : {},
    },
  });
  const here = needs.get(opening.need);
  const leaving = opening.instead ? people.get(opening.instead)?.name : undefined;
  const choose = (volunteer: number) =>
    opening.instead
      ? edit.make("swap", opening.need, opening.instead, volunteer)
      : edit.make("add", opening.need, volunteer);
  if (trying) {
    const question = { kind: "pin" as const, need: opening.need, volunteer: trying.id };
    return <WhatIfDialog title={t("plan.if_pinned", { name: trying.name })} question={question} onClose={onClose} />;
  }
  const tryOut = (person: Person | undefined) => (
    <Button variant="subtle" onClick={() => setTrying(person)}>
      {t("plan.try")}
    </Button>
  );
  return (
    <Dialog title={leaving ? t("plan.instead_of", { name: leaving }) : t("plan.who_could")} onClose={onClose}>
      {here && (
        <Text c="dimmed">
          {dates.span(here.session.starts_at, here.session.ends_at)} {here.session.title} {here.need.role}
        </Text>
      )}
      {edit.error && (
        <Text c="var(--empty)" role="alert">
          {edit.error}
        </Text>
      )}
      <Loaded query={found}>
        {(data) => {
          const names = new Map(data.volunteers.map((person) => [person.id, person]));
          return (
            <>
              <section>
                <Text component="h3" fw={600}>
                  {data.free_count > 0 ? t("plan.free", { n: data.free_count }) : t("plan.nobody_free")}
                </Text>
                <ul className={styles.rows}>
                  {data.free.map((one) => (
                    <li key={one.volunteer} className={styles.candidate}>
                      <span>
                        <strong>{names.get(one.volunteer)?.name}</strong>{" "}
                        <span className={styles.soft}>{one.why.slice(0, 2).map(why).join(t("plan.comma"))}</span>
                      </span>
                      <span className={styles.acts}>
                        {tryOut(names.get(one.volunteer))}
                        <Button variant="default" disabled={edit.busy} onClick={() => choose(one.volunteer)}>
                          {t("plan.choose")}
                        </Button>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
              {data.near.length > 0 && (
                <section>
                  <Text component="h3" fw={600}>
                    {t("plan.near")}
                  </Text>
                  <ul className={styles.rows}>
                    {data.near.map((one) => (
                      <li key={one.volunteer} className={styles.candidate}>
                        {say(
                          t,
                          "plan_remedy",
                          one.code,
                          { name: names.get(one.volunteer)?.name ?? "" },
                          "plan_remedy.other",
                        )}
                        {MOVABLE.has(one.code) && tryOut(names.get(one.volunteer))}
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </>
          );
        }}
      </Loaded>
    </Dialog>
  );
}
