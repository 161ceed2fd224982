/** 以空间换服务: every agency's month at a glance, where most is missing first. */
import { Button } from "@mantine/core";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useScopesLive } from "@/live/useScopesLive";
import { EmptyState, Icon, Loaded, localDay, OpenCard, Page, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount, amountOf } from "./amounts";
import { LineMark } from "./LineMark";
import { MonthNav } from "./MonthNav";
import { monthIn, monthOf } from "./months";
import styles from "./residency.module.css";
import type { OfStay, Overview } from "./types";
import { liveLedger } from "./useLedger";

export default function LedgerPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const month = monthIn(search.get("month"), monthOf(localDay(new Date())));
  useScopesLive();
  const query = api.useQuery("get", "/api/ledger", { params: { query: { month } } }, liveLedger);
  return (
    <Page title={t("ledger.title")} lead={t("ledger.lead")}>
      <MonthNav month={month} goTo={(next) => setSearch({ month: next }, { replace: true })} />
      <Loaded query={query}>{(data) => <Stays data={data} />}</Loaded>
    </Page>
  );
}

function Stays({ data }: { data: Overview }) {
  const t = useText();
  if (data.stays.length === 0) return <EmptyState title={t("ledger.none")}>{t("ledger.none_hint")}</EmptyState>;
  const lagging = data.stays.filter((one) => one.of_month.lines.some(isMissing)).length;
  return (
    <>
      {lagging > 0 && (
        <p className={rows.reason} role="status">
          <Icon name="warning" /> {t("ledger.lagging", { n: lagging })}
        </p>
      )}
      <div>
        {data.stays.map((stay) => (
          <StayCard key={stay.residency} stay={stay} month={data.month} />
        ))}
      </div>
      <WeChatFallback address={window.location.href}>
        <div className={styles.buttons}>
          <Button
            component="a"
            variant="default"
            href={`/api/ledger/report.xlsx?month=${data.month}`}
            leftSection={<Icon name="download" />}
            download
          >
            {t("ledger.download_all")}
          </Button>
        </div>
      </WeChatFallback>
    </>
  );
}

const isMissing = ({ standing }: OfStay["of_month"]["lines"][number]) => standing === "behind" || standing === "short";

function StayCard({ stay, month }: { stay: OfStay; month: string }) {
  const t = useText();
  const owed = stay.of_month.lines.filter((line) => line.owed);
  const { rooms } = stay.of_month;
  return (
    <OpenCard to={`/ledger/stay?stay=${stay.residency}&month=${month}`}>
      <span className={rows.facts}>
        <span className={rows.name}>{stay.agency}</span>
        <span className={rows.soft}>{`${stay.hub}\u00a0· ${t(`ledger.phase_${stay.of_month.phase}`)}`}</span>
        {owed.length === 0 && <span>{t("ledger.nothing_agreed")}</span>}
        {owed.map((line) => (
          <span key={line.indicator} className={styles.pair}>
            <span className={styles.amount}>
              {t("ledger.of_owed", {
                name: t(`ledger.${line.indicator}`),
                done: amountOf(line.indicator, line.done),
                owed: amount(t, line.indicator, line.owed ?? 0),
              })}
            </span>
            <LineMark line={line} />
          </span>
        ))}
        <span className={rows.soft}>
          {rooms.granted === null
            ? t("ledger.rooms_used", { used: amount(t, "room_minutes", rooms.used) })
            : t("ledger.rooms_of", {
                used: amountOf("room_minutes", rooms.used),
                granted: amount(t, "room_minutes", rooms.granted),
              })}
        </span>
      </span>
    </OpenCard>
  );
}
