/** How much somebody wants to be asked for at most, written down for who phones. */
import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Corrections } from "../me/useProfile";
import { type Person, useRefreshPerson } from "./usePerson";

const HOUR = 60;
const MOST_SESSIONS = 42;
const MOST_HOURS = 168;

export function Limits({ person: { profile } }: { person: Person }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshPerson();
  const [sessions, setSessions] = useState<string | number>(profile.max_sessions ?? "");
  const [hours, setHours] = useState<string | number>(profile.max_minutes === null ? "" : profile.max_minutes / HOUR);
  const save = api.useMutation("patch", "/api/volunteers/{volunteer_id}", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("person.done"));
    },
  });
  const said = {
    max_sessions: sessions === "" ? null : Number(sessions),
    max_minutes: hours === "" ? null : Math.round(Number(hours) * HOUR),
  };
  const same = said.max_sessions === profile.max_sessions && said.max_minutes === profile.max_minutes;
  return (
    <Section title={t("person.limits")}>
      <Group gap="sm" align="flex-end">
        <NumberInput
          label={t("person.most_sessions")}
          placeholder={t("person.no_limit")}
          value={sessions}
          onChange={setSessions}
          min={0}
          max={MOST_SESSIONS}
          allowDecimal={false}
        />
        <NumberInput
          label={t("person.most_hours")}
          placeholder={t("person.no_limit")}
          value={hours}
          onChange={setHours}
          min={0}
          max={MOST_HOURS}
          decimalScale={1}
        />
        <Button
          variant="default"
          disabled={same}
          loading={save.isPending}
          onClick={() => save.mutate({ params: { path: { volunteer_id: profile.id } }, body: said as Corrections })}
        >
          {t("person.save_limits")}
        </Button>
      </Group>
      {save.error && (
        <p role="alert" className={rows.error}>
          {words(save.error)}
        </p>
      )}
    </Section>
  );
}
