/** Cells that say something else in the file and in the app: what the file changes, and what both have changed. */
import { useText } from "@/i18n";
import { Section } from "@/ui";
import { cellName, type Difference } from "./types";
import styles from "./workbook.module.css";

/** Of known rows; what is new is told by its number alone. */
export function Changes({ changes, count }: { changes: Difference[]; count: number }) {
  const t = useText();
  if (count === 0) return null;
  return (
    <Section title={t("import.changes", { n: count })}>
      {count > changes.length && <p className={styles.lead}>{t("import.changes_first", { n: changes.length })}</p>}
      <Cells cells={changes} unseen={t("import.change_private")}>
        {(one) => (
          <>
            <span>
              {t("import.before")} <s>{one.app_value || t("import.blank")}</s>
            </span>
            <span>
              {t("import.after")} <b>{one.file_value || t("import.blank")}</b>
            </span>
          </>
        )}
      </Cells>
    </Section>
  );
}

interface ConflictsProps {
  conflicts: Difference[];
  title: string;
  /** Why they differ, and which one stays. */
  lead: string;
}

export function Conflicts({ conflicts, title, lead }: ConflictsProps) {
  const t = useText();
  if (conflicts.length === 0) return null;
  return (
    <Section title={title}>
      <p className={styles.lead}>{lead}</p>
      <Cells cells={conflicts} unseen={t("import.conflict_private")}>
        {(one) => (
          <>
            <span>
              {t("import.in_app")} <b>{one.app_value || t("import.blank")}</b>
            </span>
            <span>
              {t("import.in_file")} <s>{one.file_value || t("import.blank")}</s>
            </span>
          </>
        )}
      </Cells>
    </Section>
  );
}

interface CellsProps {
  cells: Difference[];
  /** Said of what is private. */
  unseen: string;
  children: (one: Difference) => React.ReactNode;
}

function Cells({ cells, unseen, children }: CellsProps) {
  return (
    <ul className={styles.conflicts}>
      {cells.map((one) => (
        <li key={cellName(one)}>
          <span className={styles.cellName}>{cellName(one)}</span>
          <span>{`${one.label}\u00a0· ${one.column}`}</span>
          {one.private ? <span>{unseen}</span> : children(one)}
        </li>
      ))}
    </ul>
  );
}
