/** 签到: the hub's code, who is in, out and awaited, and what fits nowhere. */
import { Button, NativeSelect } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, Page, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { Devices } from "./Devices";
import { Door } from "./Door";
import { LooseRow } from "./LooseRow";
import { SessionSheet } from "./SessionSheet";
import type { Day } from "./types";
import { useChildren } from "./useChildren";
import { useDay } from "./useDay";

export default function CheckInPage() {
  const t = useText();
  const [parameters, setParameters] = useSearchParams();
  const day = useDay(Number(parameters.get("hub")) || undefined);
  const role = useGrant()?.role;
  const shown = day.data?.hub ?? undefined;
  return (
    <Page
      title={t("attend.title")}
      width="full"
      lead={day.data && <Counts day={day.data} />}
      actions={
        shown && (
          <Button component={Link} to={`/check-in/door?hub=${shown}`} leftSection={<Icon name="check" />}>
            {t("attend.big_code")}
          </Button>
        )
      }
    >
      <Loaded query={day}>
        {(data) => {
          const site = data.hubs.find((one) => one.id === data.hub);
          if (!site) return <EmptyState title={t("attend.no_hubs")}>{t("attend.no_hubs_hint")}</EmptyState>;
          return (
            <div className={styles.desk}>
              <aside className={styles.side} aria-label={t("attend.door_title")}>
                {data.hubs.length > 1 && (
                  <NativeSelect
                    label={t("attend.hub")}
                    value={site.id}
                    onChange={(event) => setParameters({ hub: event.currentTarget.value }, { replace: true })}
                    data={data.hubs.map((one) => ({ value: String(one.id), label: one.name }))}
                  />
                )}
                <Door key={site.id} hub={site.id} name={site.name} />
              </aside>
              <div className={styles.sheets}>
                {data.loose.length > 0 && (
                  <Section title={t("attend.loose", { count: data.loose.length })}>
                    <p className={rows.soft}>{t("attend.loose_hint")}</p>
                    <ul className={rows.list}>
                      {data.loose.map((one) => (
                        <LooseRow key={one.id} sighting={one} />
                      ))}
                    </ul>
                  </Section>
                )}
                {data.sessions.length === 0 && (
                  <EmptyState title={t("attend.free_day")}>{t("attend.free_day_hint")}</EmptyState>
                )}
                <Sheets sessions={data.sessions} hub={site.id} />
                {(role === "coordinator" || role === "administrator") && <Devices hub={site.id} />}
              </div>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Sheets({ sessions, hub }: { sessions: Day["sessions"]; hub: number }) {
  const children = useChildren(hub).data ?? [];
  return sessions.map((session) => (
    <SessionSheet key={session.id} session={session} there={children.filter((one) => one.session === session.id)} />
  ));
}

function Counts({ day }: { day: Day }) {
  const t = useText();
  const people = day.sessions.flatMap((session) => session.people);
  const here = people.filter((one) => one.signed_in_at && !one.signed_out_at).length;
  const gone = people.filter((one) => one.signed_out_at).length;
  const awaited = people.filter((one) => !one.signed_in_at && !one.missed).length;
  return t("attend.counts", { here, gone, awaited });
}
