/** One place: who (or which shift), why in a line; a tap opens the rest. */
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, useDates } from "@/ui";
import { useLookup } from "./lookup";
import styles from "./planning.module.css";
import { RowDialog } from "./RowDialog";
import type { Row } from "./types";
import { useWhy } from "./why";

export function PersonRow({ row, show }: { row: Row; show: "person" | "shift" }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const { people, needs, proposal } = useLookup();
  const [open, setOpen] = useState(false);
  const session = needs.get(row.need)?.session;
  const isNew = proposal.has_published && !row.kept;
  const first = row.why[0];
  return (
    <>
      <UnstyledButton className={styles.row} onClick={() => setOpen(true)}>
        <span className={styles.who}>
          {show === "person"
            ? people.get(row.volunteer)?.name
            : session && `${dates.span(session.starts_at, session.ends_at)} ${session.title}`}
          {(row.pinned || row.accepted) && <Icon name={row.accepted ? "check" : "pin"} size="1.1em" />}
          {row.waived && <span className={styles.tag}>{t("plan.exception")}</span>}
          {isNew && <span className={styles.tag}>{t("plan.new")}</span>}
        </span>
        <span className={styles.why}>{first && why(first)}</span>
        <Icon name="forward" size="1.1em" />
      </UnstyledButton>
      {open && <RowDialog row={row} onClose={() => setOpen(false)} />}
    </>
  );
}
