/** Which room, from when till when, and why; then what becomes of each session there, shown before anything is done. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, momentOf, notifyDone, useErrorText } from "@/ui";
import { Emptied } from "./Emptied";
import type { Choice, Outcome, Place } from "./types";

export function CloseForm({ site, onDone }: { site: Place; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const today = localDay(new Date());
  const [room, setRoom] = useState<number | null>(null);
  const [from, setFrom] = useState({ day: today, time: "08:00" });
  const [until, setUntil] = useState({ day: today, time: "21:00" });
  const [reason, setReason] = useState("");
  const [choices, setChoices] = useState<Choice[]>([]);
  const [outcome, setOutcome] = useState<Outcome>();
  const [anew, setAnew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const backwards = `${until.day} ${until.time}` <= `${from.day} ${from.time}`;
  const ready = from.day && from.time && until.day && until.time && !backwards && reason.trim();

  const ask = async (wished: Choice[], seen: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const { data } = await call.POST("/api/closures", {
        body: {
          hub: site.id,
          room,
          starts_at: momentOf(from.day, from.time),
          ends_at: momentOf(until.day, until.time),
          reason,
          choices: wished,
          seen,
        },
      });
      if (!data) return;
      setChoices(wished);
      if (data.saved) {
        await cache.invalidateQueries();
        notifyDone(t("closures.done"));
        onDone();
      } else {
        setAnew(seen !== "");
        setOutcome(data);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const failed = error !== undefined && (
    <Text role="alert" c="var(--empty)">
      {words(error)}
    </Text>
  );
  if (outcome)
    return (
      <Emptied
        outcome={outcome}
        anew={anew}
        busy={busy}
        error={failed}
        onChoose={(choice) => ask([...choices.filter((one) => one.session !== choice.session), choice], "")}
        onSave={() => ask(choices, outcome.seen)}
        onBack={() => {
          setOutcome(undefined);
          setChoices([]);
        }}
      />
    );
  const moment = (label: string, value: typeof from, onChange: (value: typeof from) => void, last = false) => (
    <Group grow gap="sm" align="flex-start">
      <TextInput
        type="date"
        label={t(`closures.${label}_day`)}
        value={value.day}
        onChange={(event) => onChange({ ...value, day: event.currentTarget.value })}
        required
      />
      <TextInput
        type="time"
        label={t(`closures.${label}_time`)}
        value={value.time}
        onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
        error={last && backwards ? t("closures.backwards") : undefined}
        required
      />
    </Group>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void ask([], "");
      }}
    >
      <Stack gap="md">
        <NativeSelect
          label={t("closures.what")}
          value={room ?? ""}
          onChange={(event) => setRoom(Number(event.currentTarget.value) || null)}
          data={[
            { value: "", label: t("closures.whole_site") },
            ...site.rooms.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
        />
        {moment("from", from, (next) => {
          setFrom(next);
          if (until.day < next.day) setUntil({ ...until, day: next.day });
        })}
        {moment("until", until, setUntil, true)}
        <TextInput
          label={t("closures.reason")}
          description={t("closures.reason_hint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
        {failed}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t("ui.not_now")}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t("closures.look")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
