/** What was imported lately, and the workbook that still waits. */
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Section, useDates } from "@/ui";
import styles from "./workbook.module.css";

export function History() {
  const t = useText();
  const dates = useDates();
  const history = api.useQuery("get", "/api/imports");
  return (
    <Loaded query={history}>
      {(rows) =>
        rows.length === 0 ? null : (
          <Section title={t("import.history")}>
            <ul className={styles.history}>
              {rows.map((row) => (
                <li key={row.id}>
                  <span>{row.file_name}</span>
                  <span className={styles.soft}>
                    {dates.near(row.created_at)} {dates.time(row.created_at)}
                  </span>
                  {row.state === "preview" && <Link to={`?id=${row.id}`}>{t("import.waiting")}</Link>}
                  {row.state === "expired" && <span className={styles.soft}>{t("import.expired_short")}</span>}
                  {row.state === "confirmed" && (
                    <span className={styles.soft}>
                      {t("import.done", { created: row.created, changed: row.changed })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    </Loaded>
  );
}
