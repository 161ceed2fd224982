/** Where two plans differ: by session, and by person. */
import { Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton, useDates } from "@/ui";
import { LongList } from "./LongList";
import styles from "./planning.module.css";
import type { DeskHub, Named, Shift } from "./types";
import { useMost } from "./useProposal";

const STEP = 40;
/** What either side may change by. */
export const LIVE = ["proposal", "run", "roster", "assignment"];

interface Where {
  path: { run_id: number };
  query: { other?: number };
}

export function ComparedSessions({ where: { path, query }, hubs }: { where: Where; hubs: DeskHub[] }) {
  const t = useText();
  const dates = useDates();
  const [most, more] = useMost(STEP);
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/compare/sessions",
    { params: { path, query: { ...query, most } } },
    { meta: { live: LIVE }, placeholderData: (before) => before },
  );
  const names = (people: Named[]) => people.map(({ name }) => name).join(t("plan.and")) || t("plan.compare_nobody");
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {({ count, rows }) => (
        <LongList items={rows} count={count} onMore={more} none={t("plan.compare_same")}>
          {({ shift, hub, short: [ours = 0, theirs = 0], ...people }) => (
            <li key={shift.need} className={styles.session}>
              <Text component="h3" fw={600}>
                {shift.title} <span className={styles.soft}>{shift.role}</span>
              </Text>
              <Text c="dimmed" size="sm">
                {dates.span(shift.starts_at, shift.ends_at)} {hubs.find(({ id }) => id === hub)?.name}
              </Text>
              {ours !== theirs && <Text size="sm">{t("plan.compare_shorts", { ours, theirs })}</Text>}
              <Only ours>{names(people.ours)}</Only>
              <Only>{names(people.theirs)}</Only>
            </li>
          )}
        </LongList>
      )}
    </Loaded>
  );
}

export function ComparedPeople({ where: { path, query } }: { where: Where }) {
  const t = useText();
  const dates = useDates();
  const [most, more] = useMost(STEP);
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/compare/people",
    { params: { path, query: { ...query, most } } },
    { meta: { live: LIVE }, placeholderData: (before) => before },
  );
  const words = (shift: Shift) => `${dates.span(shift.starts_at, shift.ends_at)} ${shift.title}`;
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {({ count, people }) => (
        <LongList items={people} count={count} onMore={more} none={t("plan.compare_same")}>
          {({ volunteer, name, places: [ours = 0, theirs = 0], ...shifts }) => (
            <li key={volunteer} className={styles.session}>
              <div className={styles.head}>
                <Text component="h3" fw={600}>
                  {name}
                </Text>
                <Text c="dimmed" size="sm">
                  {t("plan.compare_load", { ours, theirs })}
                </Text>
              </div>
              {shifts.ours.map((shift) => (
                <Only key={shift.need} ours>
                  {words(shift)}
                </Only>
              ))}
              {shifts.theirs.map((shift) => (
                <Only key={shift.need}>{words(shift)}</Only>
              ))}
            </li>
          )}
        </LongList>
      )}
    </Loaded>
  );
}

function Only({ ours = false, children }: { ours?: boolean; children: React.ReactNode }) {
  const t = useText();
  return (
    <div className={styles.change} data-comes={ours || undefined}>
      <strong>{t(ours ? "plan.compare_only_ours" : "plan.compare_only_theirs")}</strong> <span>{children}</span>
    </div>
  );
}
