/** Warnings, folded: many of one kind are one line. */
import { Accordion } from "@mantine/core";
import { useText } from "@/i18n";
import { Section } from "@/ui";
import { cellName, type Finding } from "./types";
import styles from "./workbook.module.css";

function byCode(warnings: Finding[]): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const warning of warnings) groups.set(warning.code, [...(groups.get(warning.code) ?? []), warning]);
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

export function Warnings({ warnings, count }: { warnings: Finding[]; count: number }) {
  const t = useText();
  if (count === 0) return null;
  return (
    <Section title={t("import.warnings", { n: count })}>
      <p className={styles.lead}>{t("import.warnings_lead")}</p>
      <Accordion multiple chevronPosition="left">
        {byCode(warnings).map(([code, group]) => (
          <Accordion.Item key={code} value={code}>
            <Accordion.Control>
              {`${t(`import.warning.${code}`)}\u00a0· ${t("import.places", { n: group.length })}`}
            </Accordion.Control>
            <Accordion.Panel>
              <ul className={styles.plain}>
                {group.map((warning) => (
                  <li key={`${cellName(warning)}-${warning.message}`}>
                    <span className={styles.cellName}>{cellName(warning)}</span>{" "}
                    {warning.row > 0 && <span>{warning.label}</span>} {warning.message}
                  </li>
                ))}
              </ul>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}
