/** One place: who (or which shift), why in a line; a tap opens the rest. */
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, useDates } from "@/ui";
import styles from "./planning.module.css";
import { RowDialog } from "./RowDialog";
import type { Row, Shift } from "./types";
import { useWhy } from "./why";

interface Props {
  row: Row;
  shift: Shift;
  show: "person" | "shift";
}

export function PersonRow({ row, shift, show }: Props) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const [open, setOpen] = useState(false);
  const first = row.why[0];
  return (
    <>
      <UnstyledButton className={styles.row} onClick={() => setOpen(true)}>
        <span className={styles.who}>
          {show === "person" ? row.name : `${dates.span(shift.starts_at, shift.ends_at)} ${shift.title}`}
          {(row.pinned || row.accepted) && <Icon name={row.accepted ? "check" : "pin"} size="1.1em" />}
          {row.waived && <span className={styles.tag}>{t("plan.exception")}</span>}
          {row.published && show === "shift" && <span className={styles.tag}>{t("plan.row_published")}</span>}
          {row.is_new && <span className={styles.tag}>{t("plan.new")}</span>}
        </span>
        <span className={styles.why}>{first && why(first)}</span>
        <Icon name="forward" size="1.1em" />
      </UnstyledButton>
      {open && <RowDialog row={row} shift={shift} onClose={() => setOpen(false)} />}
    </>
  );
}
