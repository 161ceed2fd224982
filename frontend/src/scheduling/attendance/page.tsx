/** 签到: the hub's code, who is in, out and awaited, and what fits nowhere. */
import { Button, NativeSelect } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, localDay, Page, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { DayNav } from "./DayNav";
import { Devices } from "./Devices";
import { Door } from "./Door";
import { LooseChildRow, LooseRow } from "./LooseRow";
import { SessionSheet } from "./SessionSheet";
import type { Day } from "./types";
import { useChildren, useLooseChildren } from "./useChildren";
import { useDay } from "./useDay";

export default function CheckInPage() {
  const t = useText();
  const [parameters, setParameters] = useSearchParams();
  const day = useDay(Number(parameters.get("hub")) || undefined, parameters.get("day") ?? undefined);
  const role = useGrant()?.role;
  const goTo = (changed: Record<string, string>) =>
    setParameters((now) => ({ ...Object.fromEntries(now), ...changed }), { replace: true });
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
                    onChange={(event) => goTo({ hub: event.currentTarget.value })}
                    data={data.hubs.map((one) => ({ value: String(one.id), label: one.name }))}
                  />
                )}
                <DayNav day={data.day} onDay={(one) => goTo({ hub: String(site.id), day: one })} />
                {data.day === localDay(new Date()) && <Door key={site.id} hub={site.id} name={site.name} />}
              </aside>
              <div className={styles.sheets}>
                <LooseEnds day={data} hub={site.id} />
                {data.sessions.length === 0 && <FreeDay past={data.day < localDay(new Date())} />}
                <Sheets day={data} hub={site.id} />
                {(role === "coordinator" || role === "administrator") && <Devices hub={site.id} />}
              </div>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function FreeDay({ past }: { past: boolean }) {
  const t = useText();
  if (past) return <EmptyState title={t("attend.then_free")} />;
  return <EmptyState title={t("attend.free_day")}>{t("attend.free_day_hint")}</EmptyState>;
}

/** What fits nowhere: children's first. */
function LooseEnds({ day, hub }: { day: Day; hub: number }) {
  const t = useText();
  const children = useLooseChildren(hub, day.day).data ?? [];
  const count = children.length + day.loose.length;
  if (count === 0) return null;
  return (
    <Section title={t("attend.loose", { count })}>
      <p className={rows.soft}>{t("attend.loose_hint")}</p>
      <ul className={rows.list}>
        {children.map((one) => (
          <LooseChildRow key={one.id} told={one} />
        ))}
        {day.loose.map((one) => (
          <LooseRow key={one.id} sighting={one} />
        ))}
      </ul>
    </Section>
  );
}

function Sheets({ day, hub }: { day: Day; hub: number }) {
  const children = useChildren(hub, day.day).data ?? [];
  return day.sessions.map((session) => (
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
