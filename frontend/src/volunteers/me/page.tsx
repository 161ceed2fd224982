/** What is on record about me, in words: my wishes to say here, the rest to read, and to tell the site when it is wrong. */
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { addDays, Icon, Loaded, OpenCard, Page, Section, StateMark, say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { HowOften } from "./HowOften";
import styles from "./me.module.css";
import { StandingShifts } from "./StandingShifts";
import { clock, DAY, MONDAY } from "./week";

type Profile = components["schemas"]["ProfileOut"];

export default function MePage() {
  const t = useText();
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const profile = api.useQuery("get", "/api/volunteers/me", {}, { meta: { live: ["volunteer"] } });
  return <Loaded query={profile}>{(data) => <Record profile={data} title={data.name || t("me.title")} />}</Loaded>;
}

function Record({ profile, title }: { profile: Profile; title: string }) {
  const t = useText();
  return (
    <Page title={title} lead={<Reached profile={profile} />}>
      {!profile.active && <p className={styles.warning}>{t("me.inactive")}</p>}
      <Section title={t("me.when")}>
        <When profile={profile} />
      </Section>
      <Section title={t("me.wish")}>
        <HowOften wish={profile.wish_per_week} />
      </Section>
      <Section title={t("me.standing")}>
        <StandingShifts shifts={profile.standing_shifts} />
      </Section>
      <Section title={t("me.skills")}>
        {profile.skills.length === 0 ? (
          <p className={rows.soft}>{t("me.no_skills")}</p>
        ) : (
          <Tags words={profile.skills.map((skill) => skill.name)} />
        )}
      </Section>
      {profile.preferred_kinds.length > 0 && (
        <Section title={t("me.kinds")}>
          <Tags words={profile.preferred_kinds.map((kind) => say(t, "me", `kind_${kind}`, {}, "me.kind_other"))} />
        </Section>
      )}
      <Section title={t("me.clearance")}>
        <Check profile={profile} />
      </Section>
      <OpenCard to="/hours">
        <span className={rows.lead}>
          <Icon name="report" />
          <span>
            {t("me.service")}
            <br />
            <span className={rows.soft}>{t("me.service_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <OpenCard to="/me/card">
        <span className={rows.lead}>
          <Icon name="check" />
          <span>
            {t("me.card")}
            <br />
            <span className={rows.soft}>{t("me.card_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <OpenCard to="/calendars">
        <span className={rows.lead}>
          <Icon name="calendar" />
          <span>
            {t("me.feed")}
            <br />
            <span className={rows.soft}>{t("me.feed_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <p className={rows.soft}>{t("me.wrong")}</p>
    </Page>
  );
}

function Reached({ profile }: { profile: Profile }) {
  const t = useText();
  const { phone, community, home, prior_minutes: minutes } = profile;
  return (
    <>
      {phone && <div>{t("me.reached", { phone })}</div>}
      {home && <div>{community ? t("me.lives", { community, home }) : t("me.lives_somewhere", { home })}</div>}
      {minutes > 0 && <div>{t("me.hours", { hours: Math.round(minutes / 60) })}</div>}
    </>
  );
}

/** Days in a row with the same hours are said once: Monday to Friday. */
export function runsOfDays(windows: Profile["availability"]) {
  const runs: { first: number; last: number; start: number; end: number }[] = [];
  for (const { weekday, start, end } of [...windows].sort((a, b) => a.start - b.start || a.weekday - b.weekday)) {
    const run = runs.find((one) => one.start === start && one.end === end && one.last === weekday - 1);
    if (run) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, start, end });
  }
  return runs.sort((a, b) => a.first - b.first || a.start - b.start);
}

function When({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const limits = [
    profile.max_sessions !== null && t("me.most_sessions", { count: profile.max_sessions }),
    profile.max_minutes !== null && t("me.most_hours", { hours: Math.round(profile.max_minutes / 6) / 10 }),
  ].filter(Boolean);
  return (
    <>
      {profile.availability.length === 0 && <p className={rows.soft}>{t("me.no_when")}</p>}
      <Week profile={profile} />
      <ul className={styles.lines}>
        {runsOfDays(profile.availability).map(({ first, last, start, end }) => {
          const name = (weekday: number) => dates.weekday(addDays(MONDAY, weekday));
          const day = first === last ? name(first) : t("me.days", { first: name(first), last: name(last) });
          return (
            <li key={`${first}-${start}`}>
              {start === 0 && end === DAY
                ? t("me.all_day", { day })
                : t("me.day_window", { day, from: clock(start), until: clock(end) })}
            </li>
          );
        })}
        {limits.map((limit) => (
          <li key={String(limit)}>{limit}</li>
        ))}
      </ul>
      {profile.availability.length === 0 && profile.availability_text && (
        <p className={rows.soft}>{t("me.when_said", { text: profile.availability_text })}</p>
      )}
      {profile.absences.map(({ starts_at, ends_at }) => (
        <p key={starts_at}>
          {t("me.away")} {dates.span(starts_at, ends_at)}
        </p>
      ))}
    </>
  );
}

/** The week at a glance; the lines below say the hours. */
function Week({ profile }: { profile: Profile }) {
  const dates = useDates();
  const free = new Set(profile.availability.map((window) => window.weekday));
  if (free.size === 0) return null;
  return (
    <div className={styles.week} aria-hidden="true">
      {Array.from({ length: 7 }, (_, weekday) => addDays(MONDAY, weekday)).map((day, weekday) => (
        <span key={day} data-free={free.has(weekday) || undefined}>
          {dates.weekday(day).replace("\u5468", "")}
        </span>
      ))}
    </div>
  );
}

function Check({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const newest = profile.clearances[0];
  if (!newest) {
    return (
      <p>
        <StateMark state="empty">{t("me.clearance_none")}</StateMark>
      </p>
    );
  }
  const until = { day: dates.date(newest.valid_until) };
  return (
    <p>
      <StateMark state={newest.valid ? "full" : "empty"}>
        {newest.valid ? t("me.clearance_valid", until) : t("me.clearance_over", until)}
      </StateMark>
      <br />
      <span className={rows.soft}>{t("me.checked_on", { day: dates.date(newest.checked_on) })}</span>
    </p>
  );
}

function Tags({ words }: { words: string[] }) {
  return (
    <ul className={styles.tags}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
