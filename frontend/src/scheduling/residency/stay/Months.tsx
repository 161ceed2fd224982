/** Months as rows: a table where there is room for it, else a list of the other ones. */
import { useText } from "@/i18n";
import { OpenCard } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount, amountOf } from "../amounts";
import { LineMark } from "../LineMark";
import { useMonthName } from "../months";
import styles from "../residency.module.css";
import { type Detail, indicators, type Month } from "../types";

interface Props {
  stay: Detail;
  chosen: string;
  choose: (month: string) => void;
}

export function MonthTable({ stay, chosen, choose }: Props) {
  const t = useText();
  const name = useMonthName();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("ledger.month")}</th>
            {indicators.map((code) => (
              <th key={code} scope="col">
                {t(`ledger.${code}`)}
              </th>
            ))}
            <th scope="col">{t("ledger.room_minutes")}</th>
          </tr>
        </thead>
        <tbody>
          {stay.months.map((month) => (
            <tr key={month.month} data-chosen={month.month === chosen || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.month}
                  aria-pressed={month.month === chosen}
                  onClick={() => choose(month.month)}
                >
                  {name(month.month)}
                </button>
                <div className={styles.small}>{t(`ledger.phase_${month.phase}`)}</div>
              </th>
              {month.lines.map((line) => (
                <td key={line.indicator}>
                  <span className={styles.cell}>
                    <span className={styles.amount}>
                      {amountOf(line.indicator, line.done)}
                      {line.owed ? ` / ${amountOf(line.indicator, line.owed)}` : ""}
                    </span>
                    {line.owed ? <LineMark line={line} /> : null}
                  </span>
                </td>
              ))}
              <td className={styles.amount}>
                <RoomHours month={month} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RoomHours({ month: { rooms } }: { month: Month }) {
  const t = useText();
  const used = amountOf("room_minutes", rooms.used);
  return rooms.granted === null
    ? amount(t, "room_minutes", rooms.used)
    : `${used} / ${amount(t, "room_minutes", rooms.granted)}`;
}

export function MonthList({ stay, chosen, choose }: Props) {
  const t = useText();
  const name = useMonthName();
  const others = stay.months.filter((month) => month.month !== chosen);
  return (
    <div>
      {others.map((month) => (
        <OpenCard
          key={month.month}
          onOpen={() => {
            choose(month.month);
            window.scrollTo(0, 0);
          }}
        >
          <span className={rows.facts}>
            <span className={rows.name}>{name(month.month)}</span>
            <span className={rows.soft}>{t(`ledger.phase_${month.phase}`)}</span>
            {month.lines
              .filter((line) => line.owed)
              .map((line) => (
                <span key={line.indicator} className={styles.pair}>
                  <span className={styles.amount}>
                    {t("ledger.of_owed", {
                      name: t(`ledger.${line.indicator}`),
                      done: amountOf(line.indicator, line.done),
                      owed: amount(t, line.indicator, line.owed ?? 0),
                    })}
                  </span>
                  <LineMark line={line} />
                </span>
              ))}
            <span className={rows.soft}>
              {t("ledger.room_minutes")} <RoomHours month={month} />
            </span>
          </span>
        </OpenCard>
      ))}
    </div>
  );
}
