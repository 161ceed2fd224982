/** One agency at one hub: the agreement, months as rows and indicators as columns, and where a month's figures come from. */
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useScopesLive } from "@/live/useScopesLive";
import { EmptyState, Loaded, localDay, Page, Section, useDates, useElder } from "@/ui";
import rows from "@/ui/rows.module.css";
import { monthIn, monthOf } from "../months";
import styles from "../residency.module.css";
import type { Detail } from "../types";
import { liveLedger } from "../useLedger";
import { Agreed } from "./Agreed";
import { AgreementForm } from "./AgreementForm";
import { MonthList, MonthTable } from "./Months";
import { OneMonth } from "./OneMonth";

export default function StayPage() {
  const [search] = useSearchParams();
  useScopesLive();
  const asked = Number(search.get("stay"));
  return asked ? <OfStay id={asked} /> : <WorstStay />;
}

/** Nobody said which: the one where most is missing. */
function WorstStay() {
  const t = useText();
  const query = api.useQuery("get", "/api/ledger", {}, liveLedger);
  return (
    <Loaded query={query}>
      {({ stays }) =>
        stays[0] ? (
          <OfStay id={stays[0].residency} />
        ) : (
          <Page title={t("ledger.title")}>
            <EmptyState title={t("ledger.none")}>{t("ledger.none_hint")}</EmptyState>
          </Page>
        )
      }
    </Loaded>
  );
}

function OfStay({ id }: { id: number }) {
  const t = useText();
  const [search] = useSearchParams();
  const params = { path: { residency_id: id } };
  const query = api.useQuery("get", "/api/ledger/{residency_id}", { params }, liveLedger);
  const agreeing = search.get("do") === "agree";
  const stay = query.data;
  if (stay) return agreeing && stay.sides.includes("hub") ? <Agreeing stay={stay} /> : <Shown stay={stay} />;
  return (
    <Page title={t("ledger.title")}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

function Shown({ stay }: { stay: Detail }) {
  const t = useText();
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const month = monthIn(search.get("month"), monthOf(localDay(new Date())));
  const choose = (next: string) => setSearch({ stay: String(stay.residency), month: next }, { replace: true });
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const elder = useElder();
  const inTable = wide && !elder;
  const term =
    stay.starts_on && stay.ends_on
      ? t("ledger.term", { from: dates.date(stay.starts_on), to: dates.date(stay.ends_on) })
      : t("ledger.no_term");
  return (
    <Page
      title={stay.agency}
      lead={`${stay.hub} · ${term}`}
      width="full"
      actions={
        stay.sides.includes("hub") && (
          <Button
            component={Link}
            to={`/ledger/stay?stay=${stay.residency}&do=agree`}
            variant={stay.agreements.length ? "default" : "filled"}
          >
            {t(stay.agreements.length ? "ledger.amend" : "ledger.agree")}
          </Button>
        )
      }
    >
      <p className={rows.soft}>
        <Link to={`/ledger?month=${month}`}>{t("ledger.back")}</Link>
      </p>
      {stay.agreements.length === 0 && <p>{t("ledger.no_agreement")}</p>}
      {inTable && <MonthTable stay={stay} chosen={month} choose={choose} />}
      <OneMonth key={month} id={stay.residency} month={month} />
      {!inTable && stay.months.length > 1 && (
        <Section title={t("ledger.months")}>
          <MonthList stay={stay} chosen={month} choose={choose} />
        </Section>
      )}
      {stay.agreements.length > 0 && (
        <Section title={t("ledger.agreements")}>
          <Agreed stay={stay} />
        </Section>
      )}
    </Page>
  );
}

function Agreeing({ stay }: { stay: Detail }) {
  const t = useText();
  const [, setSearch] = useSearchParams();
  const back = () => setSearch({ stay: String(stay.residency) }, { replace: true });
  return (
    <Page title={t(stay.agreements.length ? "ledger.amend" : "ledger.agree")} lead={`${stay.agency} · ${stay.hub}`}>
      <div className={styles.cell}>
        <AgreementForm stay={stay} onDone={back} />
      </div>
    </Page>
  );
}
