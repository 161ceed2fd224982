/** The agreement, from a month on: term, rooms and hours granted, services owed. */
import { Button, Checkbox, NumberInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { hours, isTime } from "../amounts";
import styles from "../residency.module.css";
import { type Detail, type Indicator, indicators } from "../types";
import { useRefreshLedger } from "../useLedger";

type Amounts = Partial<Record<Indicator, number | string>>;

const inMinutes = (value: number | string): number => Math.round(Number(value) * 60);

export function AgreementForm({ stay, onDone }: { stay: Detail; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshLedger();
  const { suggested } = stay;
  const [month, setMonth] = useState(suggested.valid_from.slice(0, 7));
  const [startsOn, setStartsOn] = useState(suggested.starts_on ?? "");
  const [endsOn, setEndsOn] = useState(suggested.ends_on ?? "");
  const [rooms, setRooms] = useState(suggested.rooms ?? []);
  const [roomHours, setRoomHours] = useState<number | string>(
    suggested.room_minutes == null ? "" : hours(suggested.room_minutes),
  );
  const [owed, setOwed] = useState<Amounts>(() =>
    Object.fromEntries(
      indicators.map((code) => {
        const value = suggested.owed[code];
        return [code, value === undefined ? "" : isTime(code) ? hours(value) : value];
      }),
    ),
  );
  const save = api.useMutation("post", "/api/ledger/{residency_id}/agreements", {
    onSuccess: () => {
      notifyDone(t("ledger.agreed"));
      onDone();
    },
    onSettled: refresh,
  });
  const submit = () => {
    const named = indicators.filter((code) => owed[code] !== "" && owed[code] !== undefined);
    save.mutate({
      params: { path: { residency_id: stay.residency } },
      body: {
        valid_from: `${month}-01`,
        starts_on: startsOn || null,
        ends_on: endsOn || null,
        rooms,
        room_minutes: roomHours === "" ? null : inMinutes(roomHours),
        owed: Object.fromEntries(
          named.map((code) => [code, isTime(code) ? inMinutes(owed[code] ?? 0) : Number(owed[code])]),
        ),
      },
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="lg">
        <TextInput
          type="month"
          label={t("ledger.from_month")}
          description={t("ledger.from_month_hint")}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value)}
          required
        />
        <div className={styles.grid}>
          <TextInput
            type="date"
            label={t("ledger.starts_on")}
            value={startsOn}
            onChange={(event) => setStartsOn(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t("ledger.ends_on")}
            min={startsOn || undefined}
            value={endsOn}
            onChange={(event) => setEndsOn(event.currentTarget.value)}
          />
        </div>
        <fieldset className={styles.fields}>
          <legend>{t("ledger.granted")}</legend>
          <Checkbox.Group
            label={t("ledger.rooms")}
            value={rooms.map(String)}
            onChange={(next) => setRooms(next.map(Number))}
          >
            <div className={styles.grid}>
              {stay.rooms.map((room) => (
                <Checkbox
                  key={room.id}
                  value={String(room.id)}
                  label={room.site === stay.hub ? room.name : `${room.name} (${room.site})`}
                />
              ))}
            </div>
          </Checkbox.Group>
          <NumberInput
            label={t("ledger.room_hours")}
            description={t("ledger.room_hours_hint")}
            min={0}
            max={800}
            decimalScale={1}
            value={roomHours}
            onChange={setRoomHours}
          />
        </fieldset>
        <fieldset className={styles.fields}>
          <legend>{t("ledger.owed_monthly")}</legend>
          <p className={rows.soft}>{t("ledger.owed_hint")}</p>
          <div className={styles.grid}>
            {indicators.map((code) => (
              <NumberInput
                key={code}
                label={t(`ledger.owed_${code}`)}
                description={t(`ledger.how_${code}`)}
                min={0}
                max={100000}
                decimalScale={isTime(code) ? 1 : 0}
                value={owed[code] ?? ""}
                onChange={(value) => setOwed({ ...owed, [code]: value })}
              />
            ))}
          </div>
        </fieldset>
        {save.error !== null && (
          <span role="alert" className={rows.error}>
            {words(save.error)}
          </span>
        )}
        <div className={styles.buttons}>
          <Button type="submit" disabled={!month} loading={save.isPending}>
            {t("ledger.save_agreement")}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t("ui.not_now")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
