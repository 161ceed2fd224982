/** The day's children: a tap asks about one of them. */
import { UnstyledButton } from "@mantine/core";
import { useText } from "@/i18n";
import { Section, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { ChildPlace, Sheet } from "../types";
import { type Standing, standingOf } from "./children";
import styles from "./device.module.css";
import type { Asked } from "./FamilyDialog";
import type { DeviceState } from "./useDevice";

interface Props {
  sheet: Sheet;
  state: DeviceState;
  onAsk: (asked: Asked) => void;
}

export function Children({ sheet, state, onAsk }: Props) {
  const t = useText();
  return (
    <Section title={t("tablet.children")}>
      <p className={rows.soft}>{t("tablet.children_hint")}</p>
      <ul className={styles.people}>
        {sheet.families.flatMap((family) =>
          family.children.map((child) => (
            <li key={child.places[0]?.booking} className={styles.child}>
              <UnstyledButton className={styles.open} onClick={() => onAsk({ family, card: undefined, child })}>
                <span className={rows.name}>{child.name}</span>
                {child.places.map((place) => (
                  <Place key={place.booking} place={place} standing={standingOf(place, state.deeds, state.offset)} />
                ))}
              </UnstyledButton>
            </li>
          )),
        )}
      </ul>
    </Section>
  );
}

function Place({ place, standing: { came, left } }: { place: ChildPlace; standing: Standing }) {
  const t = useText();
  const dates = useDates();
  const time = (moment: number) => dates.time(new Date(moment));
  return (
    <span className={styles.place}>
      <span className={rows.soft}>
        {t("tablet.child_place", { time: dates.time(place.starts_at), title: place.title })}
      </span>
      {came === undefined ? (
        <StateMark state="waiting">{t("attend.is_awaited")}</StateMark>
      ) : left === undefined ? (
        <StateMark state="full">{t("attend.is_here", { since: time(came) })}</StateMark>
      ) : (
        <StateMark state="free">{t("tablet.child_gone", { time: time(left) })}</StateMark>
      )}
    </span>
  );
}
