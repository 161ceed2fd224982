/** 我家: each child with what was agreed to, what is noted and who looked; who stands around them; the card. */
import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, notifyDone, OpenCard, Page, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Around } from "../Around";
import { Consents } from "../Consents";
import styles from "../families.module.css";
import { Notes } from "../Notes";
import type { Child, Family } from "../types";
import { useFamilies, useRefreshFamilies } from "../useFamilies";
import { AddChild } from "./AddChild";

export default function FamilyPage() {
  const t = useText();
  const navigate = useNavigate();
  const families = useFamilies();
  return (
    <Page title={t("families.title")} lead={t("families.lead")}>
      <Loaded query={families}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              title={t("families.none")}
              action={<Button onClick={() => navigate("/family/start")}>{t("families.start")}</Button>}
            >
              {t("families.none_hint")}
            </EmptyState>
          ) : (
            all.map((family) => <OneFamily key={family.id} family={family} several={all.length > 1} />)
          )
        }
      </Loaded>
      <OpenCard to="/calendars">
        <span className={rows.lead}>
          <Icon name="calendar" />
          <span>
            {t("families.feed")}
            <br />
            <span className={rows.soft}>{t("families.feed_hint")}</span>
          </span>
        </span>
      </OpenCard>
    </Page>
  );
}

function OneFamily({ family, several }: { family: Family; several: boolean }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const guardian = family.part === "guardian";
  return (
    <>
      {several && <h2>{t("families.of", { names: family.guardians.join(t("ui.joiner")) })}</h2>}
      {!family.confirmed && <Waiting family={family} />}
      <Children family={family} />
      <Button variant="subtle" className={rows.quiet} onClick={() => setAdding(true)}>
        {t("families.add_child")}
      </Button>
      {family.confirmed && (
        <OpenCard to={`/family/card?family=${family.id}`}>
          <span className={rows.lead}>
            <Icon name="family" />
            <span>
              {t("families.card")}
              <br />
              <span className={rows.soft}>{t("families.card_hint")}</span>
            </span>
          </span>
        </OpenCard>
      )}
      <Around family={family} />
      {!guardian && <p className={rows.soft}>{t("families.caregiver_sees")}</p>}
      {adding && <AddChild family={family.id} onClose={() => setAdding(false)} />}
    </>
  );
}

/** Nothing can be booked yet: who has to say yes, and what can be done about it. */
function Waiting({ family }: { family: Family }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshFamilies();
  const ask = api.useMutation("post", "/api/families/{family_id}/ask", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("families.asked_done"));
    },
  });
  const asked = family.asked[0];
  if (family.part === "guardian") {
    return (
      <section className={rows.next}>
        <StateMark state="waiting">{t("families.needs_you")}</StateMark>
        <p>
          {family.started_by
            ? t("families.started_for_you", { name: family.started_by })
            : t("families.needs_you_hint")}
        </p>
      </section>
    );
  }
  return (
    <section className={rows.next}>
      <StateMark state="waiting">{t("families.waits_for", { name: family.guardians.join(t("ui.joiner")) })}</StateMark>
      <p>
        {asked
          ? t("families.waits_sent", { day: dates.date(asked.sent_at), name: asked.name })
          : t("families.waits_unsent")}
      </p>
      <div className={rows.told}>
        <Button
          variant="default"
          loading={ask.isPending}
          onClick={() => ask.mutate({ params: { path: { family_id: family.id } } })}
        >
          {t("families.send_again")}
        </Button>
      </div>
      {ask.error && (
        <p role="alert" className={rows.error}>
          {words(ask.error)}
        </p>
      )}
    </section>
  );
}

function Children({ family }: { family: Family }) {
  const t = useText();
  const [chosen, choose] = useState<string | null>(null);
  const first = family.children[0];
  if (!first) return null;
  if (family.children.length === 1) return <OneChild child={first} family={family} />;
  return (
    <Tabs value={chosen ?? String(first.id)} onChange={choose} keepMounted={false}>
      <Tabs.List aria-label={t("families.children")} className={styles.tabs}>
        {family.children.map((child) => (
          <Tabs.Tab key={child.id} value={String(child.id)}>
            {child.name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {family.children.map((child) => (
        <Tabs.Panel key={child.id} value={String(child.id)}>
          <OneChild child={child} family={family} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function OneChild({ child, family }: { child: Child; family: Family }) {
  const t = useText();
  const guardian = family.part === "guardian";
  return (
    <div className={styles.panel}>
      <Section title={child.age === null ? child.name : t("families.name_age", { name: child.name, age: child.age })}>
        <Coming child={child} />
        <OpenCard to={`/keepsake?child=${child.id}`}>{t("families.keepsake", { name: child.name })}</OpenCard>
      </Section>
      <Consents child={child} mine={guardian} />
      {guardian && <Notes child={child} />}
    </div>
  );
}

function Coming({ child }: { child: Child }) {
  const t = useText();
  const places = api.useQuery("get", "/api/family", {}, { meta: { live: ["booking", "session"] } });
  const mine = places.data?.children.find((one) => one.id === child.id)?.places ?? [];
  const booked = mine.filter((place) => place.state === "booked").length;
  const waiting = mine.filter((place) => place.state === "waiting").length;
  if (!places.data) return null;
  return <p>{booked + waiting === 0 ? t("families.none_coming") : t("families.counts", { booked, waiting })}</p>;
}
