/** Dates that differ: when I can't come for once, and when I can. */
import { ActionIcon, Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { addDays, Icon, localDay, momentOf, StateMark, useDates, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { type Profile, useShowProfile } from "./useProfile";

type Kind = "away" | "extra";

export function Exceptions({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const [adding, setAdding] = useState<Kind>();
  const onSuccess = useShowProfile();
  const dropAway = api.useMutation("delete", "/api/volunteers/absences/{absence_id}", { onSuccess });
  const dropExtra = api.useMutation("delete", "/api/volunteers/extra-times/{extra_id}", { onSuccess });
  const all = [
    ...profile.absences.map((one) => ({
      ...one,
      kind: "away" as Kind,
      drop: () => dropAway.mutate({ params: { path: { absence_id: one.id } } }),
    })),
    ...profile.extra_times.map((one) => ({
      ...one,
      kind: "extra" as Kind,
      drop: () => dropExtra.mutate({ params: { path: { extra_id: one.id } } }),
    })),
  ].sort((a, b) => a.starts_at.localeCompare(b.starts_at));
  const span = (start: string, end: string) => {
    const last = localDay(new Date(Date.parse(end) - 1));
    const whole = dates.time(start) === "00:00" && dates.time(end) === "00:00";
    if (!whole) return dates.span(start, end);
    return localDay(start) === last
      ? dates.day(start)
      : t("me.from_to", { from: dates.day(start), to: dates.day(last) });
  };
  return (
    <>
      {all.length === 0 && <p className={rows.soft}>{t("me.no_exceptions")}</p>}
      <ul className={rows.list}>
        {all.map((one) => (
          <li key={`${one.kind}${one.id}`} className={rows.row}>
            <div className={rows.foot}>
              <span className={rows.facts}>
                <StateMark state={one.kind === "away" ? "cancelled" : "full"}>{t(`me.${one.kind}`)}</StateMark>
                <span>{span(one.starts_at, one.ends_at)}</span>
              </span>
              <ActionIcon aria-label={t("me.drop_exception")} onClick={one.drop}>
                <Icon name="close" />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ul>
      <Problem error={dropAway.error ?? dropExtra.error} />
      <Group gap="sm">
        <Button variant="default" onClick={() => setAdding("away")}>
          {t("me.add_away")}
        </Button>
        <Button variant="default" onClick={() => setAdding("extra")}>
          {t("me.add_extra")}
        </Button>
      </Group>
      {adding && <Add kind={adding} onClose={() => setAdding(undefined)} />}
    </>
  );
}

function Add({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const today = localDay(new Date());
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [hours, setHours] = useState(kind === "extra");
  const [from, setFrom] = useState("09:00");
  const [until, setUntil] = useState("12:00");
  const showProfile = useShowProfile();
  const onSuccess = (profile: Profile) => {
    showProfile(profile);
    onClose();
  };
  const addAway = api.useMutation("post", "/api/volunteers/me/absences", { onSuccess });
  const addExtra = api.useMutation("post", "/api/volunteers/me/extra-times", { onSuccess });
  const save = kind === "away" ? addAway : addExtra;
  const end = last || first;
  const possible = first !== "" && end >= first && (!hours || end > first || until > from);
  return (
    <Modal
      opened
      onClose={onClose}
      title={kind === "away" ? t("me.add_away") : t("me.add_extra")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            body: hours
              ? { starts_at: momentOf(first, from), ends_at: momentOf(end, until) }
              : { starts_at: momentOf(first, "00:00"), ends_at: momentOf(addDays(end, 1), "00:00") },
          });
        }}
      >
        <Stack gap="md">
          <TextInput
            type="date"
            label={kind === "away" ? t("me.first_day") : t("me.on_day")}
            min={today}
            value={first}
            onChange={(event) => setFirst(event.currentTarget.value)}
            required
          />
          {kind === "away" && (
            <TextInput
              type="date"
              label={t("me.last_day")}
              min={first || today}
              value={last}
              onChange={(event) => setLast(event.currentTarget.value)}
            />
          )}
          {kind === "away" && (
            <Switch
              label={t("me.some_hours")}
              checked={hours}
              onChange={(event) => setHours(event.currentTarget.checked)}
            />
          )}
          {hours && (
            <Group grow gap="sm">
              <TextInput
                type="time"
                label={t("times.from")}
                value={from}
                onChange={(event) => setFrom(event.currentTarget.value)}
              />
              <TextInput
                type="time"
                label={t("times.until")}
                value={until}
                onChange={(event) => setUntil(event.currentTarget.value)}
              />
            </Group>
          )}
          <Problem error={save.error} />
          <Button type="submit" disabled={!possible} loading={save.isPending}>
            {t("me.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
