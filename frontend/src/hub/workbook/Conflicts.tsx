/** Cells changed in the file and in the app: both values, and which one stays. */
import { useText } from "@/i18n";
import { Section } from "@/ui";
import { type Conflict, cellName } from "./types";
import styles from "./workbook.module.css";

export function Conflicts({ conflicts }: { conflicts: Conflict[] }) {
  const t = useText();
  if (conflicts.length === 0) return null;
  return (
    <Section title={t("import.conflicts", { n: conflicts.length })}>
      <p className={styles.lead}>{t("import.conflicts_lead")}</p>
      <ul className={styles.conflicts}>
        {conflicts.map((one) => (
          <li key={cellName(one)}>
            <span className={styles.cellName}>{cellName(one)}</span>
            <span>
              {one.label} · {one.column}
            </span>
            {one.private ? (
              <span>{t("import.conflict_private")}</span>
            ) : (
              <>
                <span>
                  {t("import.in_app")} <b>{one.app_value || t("import.blank")}</b>
                </span>
                <span>
                  {t("import.in_file")} <s>{one.file_value || t("import.blank")}</s>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
