/** A family's first screen: each child's next session big, then what else is booked. */
import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { EmptyState, Loaded, OpenCard, Page, Section, SessionFacts } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../bookings.module.css";
import { CancelPlace } from "../CancelPlace";
import { NoChildren } from "../NoChildren";
import { givenName } from "../names";
import { PlaceMark } from "../PlaceMark";
import { Turns } from "../Turns";
import type { FamilyChild, Place } from "../types";
import { useFamily } from "../useFamily";
import { Comings } from "./Comings";
import { Told } from "./Told";
import { Wishes } from "./Wishes";

const inForce = (place: Place) => place.state !== "cancelled" && !place.session.cancelled;
/** What is offered stands above, for all children together. */
const mine = (place: Place) => inForce(place) && place.state !== "offered";

export default function FamilyHome() {
  const t = useText();
  const name = useMe().data?.person?.name ?? "";
  const family = useFamily();
  return (
    <Page title={t("family.hello", { name })}>
      <Told />
      <Comings />
      <Loaded query={family}>
        {({ children }) => (
          <>
            <Turns family={children} />
            <Children family={children} />
          </>
        )}
      </Loaded>
      <Wishes />
    </Page>
  );
}

/** Who goes first stands first; one child needs no tabs. */
function Children({ family }: { family: FamilyChild[] }) {
  const t = useText();
  const [chosen, choose] = useState<string | null>(null);
  const first = family[0];
  if (!first) return <NoChildren />;
  if (family.length === 1) return <OneChild child={first} />;
  return (
    <Tabs value={chosen ?? String(first.id)} onChange={choose} keepMounted={false}>
      <Tabs.List aria-label={t("family.children")} className={styles.tabs}>
        {family.map((child) => (
          <Tabs.Tab key={child.id} value={String(child.id)}>
            {t("family.tab", { name: givenName(child.name), count: child.places.filter(mine).length })}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {family.map((child) => (
        <Tabs.Panel key={child.id} value={String(child.id)} className={styles.panel}>
          <OneChild child={child} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function OneChild({ child }: { child: FamilyChild }) {
  const t = useText();
  const navigate = useNavigate();
  const coming = child.places.filter(mine);
  const struck = child.places.filter((place) => !inForce(place));
  const next = coming.find((place) => place.state === "booked") ?? coming[0];
  const others = coming.filter((place) => place !== next);
  const name = givenName(child.name);
  return (
    <div className={styles.child}>
      {next ? (
        <section className={rows.next} aria-label={t("family.next", { name })}>
          <span className={rows.soft}>{t("family.next", { name })}</span>
          <SessionFacts session={next.session} what={next.session.program} as="full" />
          <div className={rows.foot}>
            <PlaceMark place={next} />
            <CancelPlace place={next} child={child} />
          </div>
        </section>
      ) : (
        <EmptyState
          title={t("family.nothing_booked", { name })}
          action={<Button onClick={() => navigate("/activities")}>{t("family.go_book")}</Button>}
        >
          {t("family.nothing_booked_hint")}
        </EmptyState>
      )}
      {struck.length > 0 && (
        <Section title={t("family.struck")}>
          <Places places={struck} child={child} />
        </Section>
      )}
      {others.length > 0 && (
        <Section title={t("family.also", { count: others.length })}>
          <Places places={others} child={child} />
        </Section>
      )}
      {next && <OpenCard to="/activities">{t("family.more")}</OpenCard>}
      <OpenCard to={`/keepsake?child=${child.id}`}>{t("family.keepsake", { name })}</OpenCard>
    </div>
  );
}

function Places({ places, child }: { places: Place[]; child: FamilyChild }) {
  const t = useText();
  return (
    <ul className={rows.list}>
      {places.map((place) => (
        <li key={`${place.id}-${place.state}`} className={rows.row}>
          <SessionFacts session={place.session} what={place.session.program} gone={!inForce(place)} />
          <div className={rows.foot}>
            <span>
              <PlaceMark place={place} />
              {place.session.cancel_reason && (
                <span className={rows.soft}> {t("family.reason", { reason: place.session.cancel_reason })}</span>
              )}
            </span>
            <CancelPlace place={place} child={child} />
          </div>
        </li>
      ))}
    </ul>
  );
}
