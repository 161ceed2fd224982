/** 个案: entered by the agency as a day and a count, confirmed by the hub. */
import { Button, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, notifyDone, RemoveButton, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount } from "../amounts";
import { addMonths } from "../months";
import styles from "../residency.module.css";
import type { Casework, MonthDetail } from "../types";
import { useRefreshLedger } from "../useLedger";

export function CaseworkPart({ data }: { data: MonthDetail }) {
  const t = useText();
  const open = data.of_month.phase === "running" || data.of_month.phase === "open";
  const enters = open && data.sides.includes("agency");
  if (data.casework.length === 0 && !enters) return null;
  return (
    <div className={styles.row}>
      <h3>{t("ledger.casework_entries")}</h3>
      <ul className={rows.list}>
        {data.casework.map((row) => (
          <OneEntry key={row.id} row={row} data={data} open={open} />
        ))}
      </ul>
      {enters && <Enter data={data} />}
    </div>
  );
}

function OneEntry({ row, data, open }: { row: Casework; data: MonthDetail; open: boolean }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const params = { path: { residency_id: data.residency, casework_id: row.id } };
  const confirm = api.useMutation("post", "/api/ledger/{residency_id}/casework/{casework_id}/confirm", {
    onSettled: refresh,
  });
  const remove = api.useMutation("delete", "/api/ledger/{residency_id}/casework/{casework_id}", { onSettled: refresh });
  const waiting = row.confirmed_by === "";
  return (
    <li className={styles.row}>
      <span className={styles.head}>
        <span>
          {dates.day(row.day)} {amount(t, "casework", row.count)}
        </span>
        {waiting ? (
          <StateMark state="waiting">{t("ledger.to_confirm")}</StateMark>
        ) : (
          <StateMark state="full">{t("ledger.confirmed_by", { name: row.confirmed_by })}</StateMark>
        )}
      </span>
      <span className={rows.soft}>{t("ledger.entered_by", { name: row.by })}</span>
      {waiting && open && (
        <span className={styles.buttons}>
          {data.sides.includes("hub") && !row.mine && (
            <Button variant="default" loading={confirm.isPending} onClick={() => confirm.mutate({ params })}>
              {t("ledger.confirm")}
            </Button>
          )}
          {data.sides.includes("agency") && (
            <RemoveButton
              name={t("ledger.take_back_entry", { day: dates.day(row.day), cases: amount(t, "casework", row.count) })}
              consequence={t("ledger.take_back_means")}
              verb={t("ledger.take_back")}
              doing={remove}
              onConfirm={() => remove.mutate({ params })}
            />
          )}
        </span>
      )}
      {confirm.error && (
        <span role="alert" className={rows.error}>
          {words(confirm.error)}
        </span>
      )}
    </li>
  );
}

function Enter({ data }: { data: MonthDetail }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const { month } = data.of_month;
  const today = localDay(new Date());
  const [day, setDay] = useState(today.startsWith(month.slice(0, 7)) ? today : month);
  const [count, setCount] = useState<number | string>(1);
  const enter = api.useMutation("post", "/api/ledger/{residency_id}/casework", {
    onSuccess: () => notifyDone(t("ledger.casework_entered")),
    onSettled: refresh,
  });
  const last = addMonths(month, 1) > today ? today : undefined;
  return (
    <form
      className={styles.cell}
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate({ params: { path: { residency_id: data.residency } }, body: { day, count: Number(count) } });
      }}
    >
      <p className={rows.soft}>{t("ledger.casework_hint")}</p>
      <div className={styles.count}>
        <TextInput
          type="date"
          label={t("ledger.casework_day")}
          min={month}
          max={last}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          required
        />
        <NumberInput
          label={t("ledger.casework_count")}
          min={1}
          max={1000}
          allowDecimal={false}
          value={count}
          onChange={setCount}
        />
        <Button type="submit" variant="default" disabled={!day || !count} loading={enter.isPending}>
          {t("ledger.casework_enter")}
        </Button>
      </div>
      {enter.error !== null && (
        <span role="alert" className={rows.error}>
          {words(enter.error)}
        </span>
      )}
    </form>
  );
}
