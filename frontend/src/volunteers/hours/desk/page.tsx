/** Hours as staff see them: to confirm, for a second person, disputed, and what nobody entered yet. */
import { SegmentedControl } from "@mantine/core";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { useScopesLive } from "@/live/useScopesLive";
import { EmptyState, Icon, Loaded, OpenCard, Page } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Desk } from "../types";
import { Awaiting } from "./Awaiting";
import { Disputed } from "./Disputed";
import { OwedRow } from "./OwedRow";
import { ToConfirm } from "./ToConfirm";

const tabs = ["confirm", "second", "disputed", "owed"] as const;
type Tab = (typeof tabs)[number];

export default function HoursDeskPage() {
  const t = useText();
  const grant = useGrant();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("tab");
  const tab = tabs.find((one) => one === asked) ?? "confirm";
  useScopesLive();
  const desk = api.useQuery("get", "/api/hours/desk", {}, { meta: { live: ["record", "attendance"] } });
  const plans = grant?.role === "coordinator" || grant?.role === "administrator";
  return (
    <Page title={t("hours.desk_title")} lead={t("hours.desk_lead")}>
      <Loaded query={desk}>
        {(data) => (
          <>
            {data.late > 0 && (
              <p className={rows.reason} role="status">
                <Icon name="warning" /> {t("hours.desk_late", { n: data.late })}
              </p>
            )}
            <SegmentedControl
              fullWidth
              value={tab}
              onChange={(value) => setSearch({ tab: value }, { replace: true })}
              aria-label={t("hours.desk_title")}
              data={tabs.map((one) => ({ value: one, label: t(`hours.tab_${one}`, { n: counts(data)[one] }) }))}
            />
            <Rows tab={tab} data={data} />
          </>
        )}
      </Loaded>
      <div>
        <OpenCard to="/files">{t("hours.to_files")}</OpenCard>
      </div>
      {plans && (
        <div>
          <OpenCard to="/records/export">{t("hours.to_export")}</OpenCard>
          <OpenCard to="/records/certificates">{t("hours.to_certificates")}</OpenCard>
        </div>
      )}
    </Page>
  );
}

const sum = (sessions: Desk["awaiting"]) => sessions.reduce((count, one) => count + one.records.length, 0);
const counts = (data: Desk): Record<Tab, number> => ({
  confirm: data.to_confirm_count,
  second: sum(data.awaiting),
  disputed: sum(data.disputed),
  owed: data.owed.length,
});

function Rows({ tab, data }: { tab: Tab; data: Desk }) {
  const t = useText();
  if (counts(data)[tab] === 0)
    return <EmptyState title={t(`hours.none_${tab}`)}>{t(`hours.none_${tab}_hint`)}</EmptyState>;
  return (
    <ul className={rows.list}>
      {tab === "confirm" && data.to_confirm.map((one) => <ToConfirm key={one.session_uid} session={one} />)}
      {tab === "second" && data.awaiting.map((one) => <Awaiting key={one.session_uid} session={one} />)}
      {tab === "disputed" && data.disputed.map((one) => <Disputed key={one.session_uid} session={one} />)}
      {tab === "owed" && data.owed.map((one) => <OwedRow key={`${one.session_uid}${one.volunteer_id}`} owed={one} />)}
    </ul>
  );
}
