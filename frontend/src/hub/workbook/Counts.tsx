/** What would be written, sheet by sheet; the sum first. */
import { useText } from "@/i18n";
import { type Counted, total } from "./types";
import styles from "./workbook.module.css";

const figures = ["created", "changed", "same", "faulty"] as const;

export function Counts({ preview }: { preview: Counted }) {
  const t = useText();
  const shown = figures.filter((figure) => figure !== "faulty" || total(preview, "faulty") > 0);
  return (
    <>
      <dl className={styles.sums}>
        {shown.map((figure) => (
          <div key={figure} data-figure={figure} data-none={total(preview, figure) === 0 || undefined}>
            <dt>{t(`import.${figure}`)}</dt>
            <dd>{total(preview, figure)}</dd>
          </div>
        ))}
      </dl>
      <details className={styles.details}>
        <summary>{t("import.by_sheet")}</summary>
        <table className={styles.counts}>
          <thead>
            <tr>
              <th scope="col">{t("import.sheet")}</th>
              {shown.map((figure) => (
                <th key={figure} scope="col">
                  {t(`import.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.sheets.map((sheet) => (
              <tr key={sheet.sheet}>
                <th scope="row">{sheet.sheet}</th>
                {shown.map((figure) => (
                  <td key={figure}>{sheet[figure] || "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
