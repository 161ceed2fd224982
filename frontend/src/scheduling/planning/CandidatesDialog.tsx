/** Who could take a place: those whom nothing keeps from it, then those whom one thing does. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, say, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import styles from "./planning.module.css";
import type { Named, Shift } from "./types";
import { useEdit } from "./useEdit";
import { useProposal } from "./useProposal";
import { WhatIfDialog } from "./WhatIfDialog";
import { useWhy } from "./why";

/** What giving up another place mends: it can be tried out. */
const MOVABLE = new Set(["clash", "at_limit"]);

export interface Opening {
  shift: Shift;
  /** Whose place it is, in a swap. */
  instead?: Named;
}

export function CandidatesDialog({ opening: { shift, instead }, onClose }: { opening: Opening; onClose: () => void }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const { run } = useProposal();
  const edit = useEdit(onClose);
  const [trying, setTrying] = useState<Named>();
  const found = api.useQuery("get", "/api/planning/runs/{run_id}/needs/{need_id}/candidates", {
    params: {
      path: { run_id: run.id, need_id: shift.need },
      query: instead ? { instead: instead.volunteer } : {},
    },
  });
  const choose = (volunteer: number) =>
    instead ? edit.make("swap", shift.need, instead.volunteer, volunteer) : edit.make("add", shift.need, volunteer);
  if (trying) {
    const question = { kind: "pin" as const, need: shift.need, volunteer: trying.volunteer };
    return <WhatIfDialog title={t("plan.if_pinned", { name: trying.name })} question={question} onClose={onClose} />;
  }
  const tryOut = (person: Named) => (
    <Button variant="subtle" onClick={() => setTrying(person)}>
      {t("plan.try")}
    </Button>
  );
  return (
    <Dialog title={instead ? t("plan.instead_of", { name: instead.name }) : t("plan.who_could")} onClose={onClose}>
      <Text c="dimmed">
        {dates.span(shift.starts_at, shift.ends_at)} {shift.title} {shift.role}
      </Text>
      {edit.error && (
        <Text c="var(--empty)" role="alert">
          {edit.error}
        </Text>
      )}
      <Loaded query={found}>
        {(data) => (
          <>
            <section>
              <Text component="h3" fw={600}>
                {data.free_count > 0 ? t("plan.free", { n: data.free_count }) : t("plan.nobody_free")}
              </Text>
              <ul className={styles.rows}>
                {data.free.map((one) => (
                  <li key={one.volunteer} className={styles.candidate}>
                    <span>
                      <strong>{one.name}</strong>{" "}
                      <span className={styles.soft}>{one.why.slice(0, 2).map(why).join(t("plan.comma"))}</span>
                    </span>
                    <span className={styles.acts}>
                      {tryOut(one)}
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
                      {say(t, "plan_remedy", one.code, { name: one.name }, "plan_remedy.other")}
                      {MOVABLE.has(one.code) && tryOut(one)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
