/** Whose month will fall short by what is planned. */
import { Link } from "react-router";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { OpenCard, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import { LineMark } from "./LineMark";
import styles from "./residency.module.css";

/** The worst; what breaks today comes first on this page. */
const SHOWN = 3;

export default function Lagging({ stays }: { stays: components["schemas"]["LedgerLagging"][] }) {
  const t = useText();
  return (
    <Section title={t("ledger.lags_title")}>
      <p className={rows.soft}>{t("ledger.lags_hint")}</p>
      {stays.slice(0, SHOWN).map((stay) => (
        <OpenCard key={stay.residency} to={`/ledger/stay?stay=${stay.residency}`}>
          <span className={rows.facts}>
            <span className={rows.name}>{stay.agency}</span>
            <span className={rows.soft}>{stay.hub}</span>
            {stay.lines.map((line) => (
              <span key={line.indicator} className={styles.pair}>
                <span>{t(`ledger.${line.indicator}`)}</span>
                <LineMark line={line} />
              </span>
            ))}
          </span>
        </OpenCard>
      ))}
      {stays.length > SHOWN && <Link to="/ledger">{t("ledger.lags_all", { n: stays.length })}</Link>}
    </Section>
  );
}
