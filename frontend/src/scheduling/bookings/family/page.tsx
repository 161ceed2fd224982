/** 我家: who belongs to the family here, and the calendar to take along. */
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, OpenCard, Page, Section } from "@/ui";
import styles from "../bookings.module.css";
import type { FamilyChild } from "../types";
import { useFamily } from "../useFamily";

export default function FamilyPage() {
  const t = useText();
  const family = useFamily();
  return (
    <Page title={t("family.title")} lead={t("family.lead")}>
      <Loaded query={family}>
        {({ children }) =>
          children.length === 0 ? (
            <EmptyState title={t("family.no_children")}>{t("family.no_children_hint")}</EmptyState>
          ) : (
            <Section title={t("family.children")}>
              <ul className={styles.list}>
                {children.map((child) => (
                  <ChildRow key={child.id} child={child} />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
      <OpenCard to="/calendars">
        <span className={styles.feed}>
          <Icon name="calendar" />
          <span>
            {t("family.feed")}
            <br />
            <span className={styles.soft}>{t("family.feed_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <p className={styles.soft}>{t("family.wrong")}</p>
    </Page>
  );
}

function ChildRow({ child }: { child: FamilyChild }) {
  const t = useText();
  const booked = child.places.filter((place) => place.state === "booked").length;
  const waiting = child.places.filter((place) => place.state === "waiting").length;
  return (
    <li className={styles.row}>
      <span className={styles.what}>
        {child.name}
        {child.age !== null && <span className={styles.soft}> {t("family.age", { age: child.age })}</span>}
      </span>
      <span className={styles.soft}>
        {booked + waiting === 0 ? t("family.none_coming") : t("family.counts", { booked, waiting })}
      </span>
    </li>
  );
}
