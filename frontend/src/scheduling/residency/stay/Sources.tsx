/** The sessions that a figure comes from, with what each adds; people are counted where nobody books. */
import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount } from "../amounts";
import styles from "../residency.module.css";
import type { Figure, Source } from "../types";
import { useRefreshLedger } from "../useLedger";

const AT_A_TIME = 10;

const came = (one: Source): number => one.children + (one.counted ?? 0);

export function adds(one: Source, figure: Figure): boolean {
  if (figure === "sessions") return one.id !== null && one.over && one.on_record;
  if (figure === "visits" || figure === "people") return came(one) > 0 || (one.over && one.may_count);
  if (figure === "volunteer_minutes") return one.volunteer_minutes + one.unconfirmed_minutes > 0;
  return figure === "room_minutes" && one.over && one.room_minutes > 0;
}

export function Sources({ rows: found, figure }: { rows: Source[]; figure: Figure }) {
  const t = useText();
  const [most, setMost] = useState(AT_A_TIME);
  const left = found.length - most;
  return (
    <>
      <ul className={rows.list}>
        {found.slice(0, most).map((one) => (
          <OneSource key={`${one.id}-${one.starts_at}-${one.title}`} one={one} figure={figure} />
        ))}
      </ul>
      {left > 0 && (
        <Button variant="default" onClick={() => setMost(most + AT_A_TIME)}>
          {t("ledger.more_sessions", { n: Math.min(left, AT_A_TIME) })}
        </Button>
      )}
    </>
  );
}

function OneSource({ one, figure }: { one: Source; figure: Figure }) {
  const dates = useDates();
  const t = useText();
  const [counting, setCounting] = useState(false);
  const countsHere = figure === "sessions" || figure === "visits" || figure === "people";
  return (
    <li className={styles.row}>
      <span className={styles.head}>
        <span>{dates.span(one.starts_at, one.ends_at)}</span>
        <Added one={one} figure={figure} />
      </span>
      <span className={rows.soft}>{[one.title, one.site, one.room].filter(Boolean).join(" · ")}</span>
      {countsHere && one.may_count && !counting && (
        <span>
          <Button variant="subtle" className={rows.quiet} onClick={() => setCounting(true)}>
            {t(one.counted === null ? "ledger.count_people" : "ledger.count_again", { n: one.counted ?? 0 })}
          </Button>
        </span>
      )}
      {counting && one.id !== null && <CountPeople one={one} session={one.id} onDone={() => setCounting(false)} />}
    </li>
  );
}

function Added({ one, figure }: { one: Source; figure: Figure }) {
  const t = useText();
  if (figure === "sessions") return <span>{t(one.on_record ? "ledger.on_record" : "ledger.no_record")}</span>;
  if (figure === "visits") return <span>{amount(t, "visits", came(one))}</span>;
  if (figure === "people")
    return <span>{t("ledger.people_here", { children: one.children, newcomers: one.newcomers })}</span>;
  if (figure === "room_minutes") return <span>{amount(t, figure, one.room_minutes)}</span>;
  return (
    <span>
      {amount(t, "volunteer_minutes", one.volunteer_minutes)}
      {one.unconfirmed_minutes > 0 &&
        t("ledger.unconfirmed", { n: amount(t, "volunteer_minutes", one.unconfirmed_minutes) })}
    </span>
  );
}

function CountPeople({ one, session, onDone }: { one: Source; session: number; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const [visits, setVisits] = useState<number | string>(one.counted ?? "");
  const [newcomers, setNewcomers] = useState<number | string>(one.counted === null ? "" : one.newcomers);
  const save = api.useMutation("put", "/api/ledger/sessions/{session_id}/turnout", {
    onSuccess: () => {
      notifyDone(t("ledger.counted"));
      onDone();
    },
    onSettled: refresh,
  });
  return (
    <form
      className={styles.count}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          params: { path: { session_id: session } },
          body: { visits: Number(visits), newcomers: Number(newcomers || 0) },
        });
      }}
    >
      <NumberInput
        label={t("ledger.how_many_came")}
        min={0}
        max={100000}
        allowDecimal={false}
        value={visits}
        onChange={setVisits}
      />
      <NumberInput
        label={t("ledger.first_this_month")}
        min={0}
        max={Number(visits) || 0}
        allowDecimal={false}
        value={newcomers}
        onChange={setNewcomers}
      />
      <Button type="submit" variant="default" disabled={visits === ""} loading={save.isPending}>
        {t("ledger.save_count")}
      </Button>
      {save.error !== null && (
        <span role="alert" className={rows.error}>
          {words(save.error)}
        </span>
      )}
    </form>
  );
}
