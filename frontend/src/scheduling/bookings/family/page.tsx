/** 我家: who belongs to the family here, and the calendar to take along. */
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, OpenCard, Page, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import { givenName } from "../names";
import type { FamilyChild, Helper } from "../types";
import { useFamily } from "../useFamily";
import { CareNote } from "./CareNote";

export default function FamilyPage() {
  const t = useText();
  const family = useFamily();
  return (
    <Page title={t("family.title")} lead={t("family.lead")}>
      <Loaded query={family}>
        {({ children, helpers }) =>
          children.length === 0 ? (
            <EmptyState title={t("family.no_children")}>{t("family.no_children_hint")}</EmptyState>
          ) : (
            <>
              <Section title={t("family.children")}>
                <ul className={rows.list}>
                  {children.map((child) => (
                    <ChildRow key={child.id} child={child} />
                  ))}
                </ul>
              </Section>
              <Helpers helpers={helpers} part="caregiver" />
              <Helpers helpers={helpers} part="pickup" />
            </>
          )
        }
      </Loaded>
      <OpenCard to="/calendars">
        <span className={rows.lead}>
          <Icon name="calendar" />
          <span>
            {t("family.feed")}
            <br />
            <span className={rows.soft}>{t("family.feed_hint")}</span>
          </span>
        </span>
      </OpenCard>
      <p className={rows.soft}>{t("family.wrong")}</p>
    </Page>
  );
}

function ChildRow({ child }: { child: FamilyChild }) {
  const t = useText();
  const booked = child.places.filter((place) => place.state === "booked").length;
  const waiting = child.places.filter((place) => place.state === "waiting").length;
  const photo = child.photo === null ? "unasked" : child.photo ? "yes" : "no";
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>
          {child.name}
          {child.age !== null && <span className={rows.soft}> {t("family.age", { age: child.age })}</span>}
        </span>
        <span>{booked + waiting === 0 ? t("family.none_coming") : t("family.counts", { booked, waiting })}</span>
        <span>{t(`family.photo_${photo}`)}</span>
      </div>
      <OpenCard to={`/keepsake?child=${child.id}`}>{t("family.keepsake", { name: givenName(child.name) })}</OpenCard>
      <CareNote child={child.id} name={givenName(child.name)} />
    </li>
  );
}

/** Who is at hand day by day is often not the guardian; whom the hub hands the children to is a list of names. */
function Helpers({ helpers, part }: { helpers: Helper[]; part: Helper["part"] }) {
  const t = useText();
  const theirs = helpers.filter((helper) => helper.part === part);
  return (
    <Section title={t(`family.${part}`)}>
      <p className={rows.soft}>{t(`family.${part}_hint`)}</p>
      {theirs.length === 0 ? (
        <p>{t("family.nobody_registered")}</p>
      ) : (
        <ul className={rows.list}>
          {theirs.map((helper) => (
            <li key={helper.id}>
              {helper.name}
              {helper.relation && <span className={rows.soft}> {helper.relation}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
