/** What was agreed on, the newest first. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount, isTime } from "../amounts";
import { useMonthName } from "../months";
import styles from "../residency.module.css";
import { type Agreement, type Detail, indicators } from "../types";

export function Agreed({ stay }: { stay: Detail }) {
  return (
    <ul className={rows.list}>
      {stay.agreements.map((one) => (
        <OneAgreement key={`${one.valid_from}-${one.at}`} one={one} stay={stay} />
      ))}
    </ul>
  );
}

function OneAgreement({ one, stay }: { one: Agreement; stay: Detail }) {
  const t = useText();
  const month = useMonthName();
  const dates = useDates();
  const rooms = stay.rooms.filter((room) => one.rooms.includes(room.id)).map((room) => room.name);
  const owed = indicators.filter((code) => one.owed[code]).map((code) => [code, one.owed[code] ?? 0] as const);
  return (
    <li className={styles.row}>
      <span className={rows.name}>{t("ledger.valid_from", { month: month(one.valid_from) })}</span>
      <span>
        {t("ledger.grants", {
          rooms: rooms.join(t("ledger.comma_list")) || t("ledger.no_rooms"),
          hours: one.room_minutes === null ? t("ledger.as_needed") : amount(t, "room_minutes", one.room_minutes),
        })}
      </span>
      <span>
        {owed.length === 0
          ? t("ledger.owes_nothing")
          : t("ledger.owes", {
              services: owed
                .map(([code, value]) => `${t(`ledger.${code}`)} ${isTime(code) ? amount(t, code, value) : value}`)
                .join(t("ledger.comma_list")),
            })}
      </span>
      <span className={rows.soft}>{t("ledger.corrected_by", { name: one.by, day: dates.day(one.at) })}</span>
    </li>
  );
}
