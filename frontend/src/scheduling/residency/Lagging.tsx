/** On the first page, below the day: whose month will fall short by what is planned, once both sides were told. */
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { OpenCard, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import { LineMark } from "./LineMark";
import styles from "./residency.module.css";
import { liveLedger } from "./useLedger";

/** The worst; what breaks today comes first on this page. */
const SHOWN = 3;

export function Lagging() {
  const t = useText();
  const lagging = api.useQuery("get", "/api/ledger/lagging", {}, liveLedger);
  if (!lagging.data?.length) return null;
  return (
    <Section title={t("ledger.lags_title")}>
      <p className={rows.soft}>{t("ledger.lags_hint")}</p>
      {lagging.data.slice(0, SHOWN).map((stay) => (
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
      {lagging.data.length > SHOWN && <Link to="/ledger">{t("ledger.lags_all", { n: lagging.data.length })}</Link>}
    </Section>
  );
}
