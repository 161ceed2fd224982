/** One more date that differs: whole days away, or hours I can come beyond my usual ones. */
import { Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { addDays, localDay, momentOf, useFocusBack } from "@/ui";
import { Problem } from "./Problem";
import { type Profile, useShowProfile } from "./useProfile";

export type Kind = "away" | "extra";

export default function AddException({ kind, onClose }: { kind: Kind; onClose: () => void }) {
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
