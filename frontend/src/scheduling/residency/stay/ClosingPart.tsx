/** 结账: both sides say yes to the same figures; afterwards there are corrections, which the other side agrees to or turns down. */
import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount, isTime } from "../amounts";
import { useMonthName } from "../months";
import styles from "../residency.module.css";
import { type Correction, type Figure, figures, type MonthDetail, type Side } from "../types";
import { useRefreshLedger } from "../useLedger";

const both: Side[] = ["agency", "hub"];

export function ClosingPart({ data }: { data: MonthDetail }) {
  const t = useText();
  const { phase, agreed } = data.of_month;
  if (phase === "running" || phase === "ahead" || !agreed) return null;
  return (
    <div className={styles.row}>
      <h3>{t("ledger.closing")}</h3>
      <p className={rows.soft}>{t(phase === "closed" ? "ledger.closed_hint" : "ledger.closing_hint")}</p>
      {both.map((side) => (
        <OneSide key={side} side={side} data={data} />
      ))}
      {phase === "closed" && <Corrections data={data} />}
    </div>
  );
}

function OneSide({ side, data }: { side: Side; data: MonthDetail }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const month = useMonthName();
  const refresh = useRefreshLedger();
  const [asking, setAsking] = useState(false);
  const yes = data.of_month.yes[side];
  const say = api.useMutation("post", "/api/ledger/{residency_id}/months/{month}/yes", {
    onSuccess: () => {
      setAsking(false);
      notifyDone(t("ledger.said_yes"));
    },
    onSettled: refresh,
  });
  if (yes) {
    return <StateMark state="full">{t(`ledger.yes_${side}`, { name: yes.by, day: dates.day(yes.at) })}</StateMark>;
  }
  const last = data.of_month.yes[side === "hub" ? "agency" : "hub"] !== undefined;
  return (
    <span className={styles.head}>
      <StateMark state="waiting">{t(`ledger.no_yes_${side}`)}</StateMark>
      {data.sides.includes(side) && <Button onClick={() => setAsking(true)}>{t(`ledger.say_yes_${side}`)}</Button>}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("ledger.yes_title", { month: month(data.of_month.month) })}
        consequence={t(last ? "ledger.yes_closes" : "ledger.yes_waits")}
        verb={t(`ledger.say_yes_${side}`)}
        busy={say.isPending}
        error={say.error ? words(say.error) : undefined}
        onConfirm={() =>
          say.mutate({
            params: { path: { residency_id: data.residency, month: data.of_month.month } },
            body: { side, seen: data.seen },
          })
        }
      />
    </span>
  );
}

function Corrections({ data }: { data: MonthDetail }) {
  const t = useText();
  return (
    <>
      {data.corrections.length > 0 && (
        <ul className={rows.list} aria-label={t("ledger.corrections")}>
          {data.corrections.map((one) => (
            <OneCorrection key={one.id} one={one} data={data} />
          ))}
        </ul>
      )}
      {data.sides[0] && <Correct data={data} side={data.sides[0]} />}
    </>
  );
}

function OneCorrection({ one, data }: { one: Correction; data: MonthDetail }) {
  const t = useText();
  const words = useErrorText();
  const dates = useDates();
  const refresh = useRefreshLedger();
  const confirm = api.useMutation("post", "/api/ledger/{residency_id}/corrections/{correction_id}/confirm", {
    onSettled: refresh,
  });
  const other = one.side === "hub" ? "agency" : "hub";
  const sign = one.change > 0 ? "+" : "";
  const mayAnswer = !one.confirmed_at && !one.refused_at && data.sides.includes(other) && !one.mine;
  return (
    <li className={styles.row}>
      <span className={styles.head}>
        <span>
          {t(`ledger.${one.figure}`)} {sign}
          {amount(t, one.figure, one.change)}
        </span>
        {one.confirmed_at ? (
          <StateMark state="full">{t("ledger.confirmed_by", { name: one.confirmed_by })}</StateMark>
        ) : one.refused_at ? (
          <StateMark state="cancelled">{t(`ledger.refused_${other}`)}</StateMark>
        ) : (
          <StateMark state="waiting">{t(`ledger.correction_waits_${other}`)}</StateMark>
        )}
      </span>
      <span>{one.reason}</span>
      <span className={rows.soft}>{t("ledger.corrected_by", { name: one.by, day: dates.day(one.at) })}</span>
      {one.refused_at && (
        <span>
          {t("ledger.refused_by", { name: one.refused_by, day: dates.day(one.refused_at), reason: one.refusal })}
        </span>
      )}
      {mayAnswer && (
        <span className={styles.buttons}>
          <Button
            variant="default"
            loading={confirm.isPending}
            onClick={() =>
              confirm.mutate({
                params: { path: { residency_id: data.residency, correction_id: one.id } },
                body: { side: other },
              })
            }
          >
            {t("ledger.agree_to_correction")}
          </Button>
        </span>
      )}
      {mayAnswer && <Refuse one={one} data={data} side={other} />}
      {confirm.error && (
        <span role="alert" className={rows.error}>
          {words(confirm.error)}
        </span>
      )}
    </li>
  );
}

function Refuse({ one, data, side }: { one: Correction; data: MonthDetail; side: Side }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const [reason, setReason] = useState("");
  const refuse = api.useMutation("post", "/api/ledger/{residency_id}/corrections/{correction_id}/refuse", {
    onSuccess: () => notifyDone(t("ledger.refusal_sent")),
    onSettled: refresh,
  });
  return (
    <details className={rows.fold}>
      <summary>{t("ledger.refuse")}</summary>
      <form
        className={styles.cell}
        onSubmit={(event) => {
          event.preventDefault();
          refuse.mutate({
            params: { path: { residency_id: data.residency, correction_id: one.id } },
            body: { side, reason },
          });
        }}
      >
        <TextInput
          label={t("ledger.refuse_why")}
          description={t("ledger.refuse_why_hint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
        {refuse.error && (
          <span role="alert" className={rows.error}>
            {words(refuse.error)}
          </span>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="default" disabled={reason.trim().length < 2} loading={refuse.isPending}>
            {t("ledger.refuse_do")}
          </Button>
        </div>
      </form>
    </details>
  );
}

function Correct({ data, side }: { data: MonthDetail; side: Side }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const [figure, setFigure] = useState<Figure>("sessions");
  const [change, setChange] = useState<number | string>("");
  const [reason, setReason] = useState("");
  const correct = api.useMutation("post", "/api/ledger/{residency_id}/months/{month}/corrections", {
    onSuccess: () => {
      notifyDone(t("ledger.correction_sent"));
      setChange("");
      setReason("");
    },
    onSettled: refresh,
  });
  return (
    <details className={rows.fold}>
      <summary>{t("ledger.correct")}</summary>
      <form
        className={styles.cell}
        onSubmit={(event) => {
          event.preventDefault();
          correct.mutate({
            params: { path: { residency_id: data.residency, month: data.of_month.month } },
            body: { side, figure, change: Math.round(Number(change) * (isTime(figure) ? 60 : 1)), reason },
          });
        }}
      >
        <div className={styles.grid}>
          <NativeSelect
            label={t("ledger.correct_what")}
            value={figure}
            onChange={(event) => setFigure(event.currentTarget.value as Figure)}
            data={figures.map((one) => ({ value: one, label: t(`ledger.${one}`) }))}
          />
          <NumberInput
            label={t("ledger.correct_by")}
            description={t(isTime(figure) ? "ledger.correct_by_hours" : "ledger.correct_by_hint")}
            value={change}
            onChange={setChange}
            allowDecimal={isTime(figure)}
          />
        </div>
        <TextInput
          label={t("ledger.correct_why")}
          description={t("ledger.correct_why_hint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
        {correct.error && (
          <span role="alert" className={rows.error}>
            {words(correct.error)}
          </span>
        )}
        <div className={styles.buttons}>
          <Button
            type="submit"
            variant="default"
            disabled={!change || reason.trim().length < 2}
            loading={correct.isPending}
          >
            {t("ledger.send_correction")}
          </Button>
        </div>
      </form>
    </details>
  );
}
