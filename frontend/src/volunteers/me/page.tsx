/** What is on record about me, in words: to read, and to say when it is wrong. */
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { addDays, Icon, Loaded, mondayOf, OpenCard, Page, Section, StateShape, say, useDates } from "@/ui";
import styles from "./me.module.css";

type Profile = components["schemas"]["ProfileOut"];
const DAY = 24 * 60;
const MONDAY = mondayOf("2026-01-05");

export default function MePage() {
  const t = useText();
  const profile = api.useQuery("get", "/api/volunteers/me");
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
      <Section title={t("me.skills")}>
        {profile.skills.length === 0 ? (
          <p className={styles.soft}>{t("me.no_skills")}</p>
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
      <OpenCard to="/calendars">
        <span className={styles.feed}>
          <Icon name="calendar" />
          <span>
            {t("me.feed")}
            <br />
            <span className={styles.soft}>{t("me.feed_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <p className={styles.soft}>{t("me.wrong")}</p>
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

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

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
      {profile.availability.length === 0 && <p className={styles.soft}>{t("me.no_when")}</p>}
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
      {profile.availability_text && (
        <p className={styles.soft}>{t("me.when_said", { text: profile.availability_text })}</p>
      )}
      {profile.absences.map(({ starts_at, ends_at }) => (
        <p key={starts_at}>
          {t("me.away")} {dates.span(starts_at, ends_at)}
        </p>
      ))}
    </>
  );
}

function Check({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const newest = profile.clearances[0];
  if (!newest) {
    return (
      <p className={styles.mark} data-state="none">
        <StateShape state="empty" /> {t("me.clearance_none")}
      </p>
    );
  }
  const said = (day: string) => ({ day: dates.day(day), year: day.slice(0, 4) });
  return (
    <p className={styles.mark} data-state={newest.valid ? "valid" : "over"}>
      <StateShape state={newest.valid ? "full" : "cancelled"} />
      <span>
        {newest.valid
          ? t("me.clearance_valid", said(newest.valid_until))
          : t("me.clearance_over", said(newest.valid_until))}{" "}
        <span className={styles.soft}>{t("me.checked_on", said(newest.checked_on))}</span>
      </span>
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
