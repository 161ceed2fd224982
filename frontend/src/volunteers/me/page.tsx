/** What is on record about me, in words, each to be corrected where it stands. */
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { Icon, Loaded, OpenCard, Page, Section, useElder } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Busy } from "./Busy";
import { Check } from "./Check";
import { Exceptions } from "./Exceptions";
import { Guardian } from "./Guardian";
import { HowOften } from "./HowOften";
import styles from "./me.module.css";
import { Preferences } from "./Preferences";
import { Skills } from "./Skills";
import { StandingShifts } from "./StandingShifts";
import { type Profile, useProfile } from "./useProfile";
import { When } from "./When";

export default function MePage() {
  const t = useText();
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const profile = useProfile();
  return <Loaded query={profile}>{(data) => <Record profile={data} title={data.name || t("me.title")} />}</Loaded>;
}

function Record({ profile, title }: { profile: Profile; title: string }) {
  const t = useText();
  return (
    <Page title={title} lead={<Reached profile={profile} />}>
      {!profile.active && <p className={styles.warning}>{t("me.inactive")}</p>}
      {profile.consent !== "not_needed" && (
        <Section title={t("me.consent")}>
          <Guardian profile={profile} />
        </Section>
      )}
      <Section title={t("me.when")}>
        <When profile={profile} />
      </Section>
      <Section title={t("me.exceptions")}>
        <Exceptions profile={profile} />
      </Section>
      <Section title={t("busy.title")}>
        <Busy />
      </Section>
      <Section title={t("me.wish")}>
        <HowOften wish={profile.wish_per_week} />
      </Section>
      <Section title={t("me.standing")}>
        <StandingShifts shifts={profile.standing_shifts} />
      </Section>
      <Section title={t("me.skills")}>
        <Skills profile={profile} />
      </Section>
      <Section title={t("me.clearance")}>
        <Check profile={profile} />
      </Section>
      <Rest>
        <Preferences profile={profile} />
      </Rest>
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

/** Half the choices in elder mode: these are a tap away. */
function Rest({ children }: { children: React.ReactNode }) {
  const t = useText();
  if (!useElder()) return children;
  return (
    <details className={rows.fold}>
      <summary>{t("me.more")}</summary>
      {children}
    </details>
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
