/** A minor's consent: how it stands, asked for by a message or recorded from a paper one has seen. */
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { type Person, useRefreshPerson } from "./usePerson";

const marks = { given: "full", asked: "waiting", missing: "empty", refused: "empty", not_needed: "full" } as const;

export function PaperConsent({ person }: { person: Person }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshPerson();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [day, setDay] = useState("");
  const path = { params: { path: { volunteer_id: person.profile.id } } };
  const onSuccess = async () => {
    await refresh();
    notifyDone(t("person.done"));
  };
  const ask = api.useMutation("post", "/api/volunteers/{volunteer_id}/guardian", { onSuccess });
  const record = api.useMutation("post", "/api/volunteers/{volunteer_id}/paper-consent", { onSuccess });
  const { consent } = person;
  const error = ask.error ?? record.error;
  return (
    <Section title={t("person.consent")}>
      <StateMark state={marks[person.profile.consent]}>{t(`person.consent_${person.profile.consent}`)}</StateMark>
      {consent && (
        <p className={rows.soft}>
          {consent.signed_on
            ? t("person.consent_paper", {
                guardian: consent.given_by,
                day: dates.date(consent.signed_on),
                staff: consent.recorded_by,
              })
            : t("person.consent_link", { guardian: consent.given_by, day: dates.date(consent.recorded_at) })}
        </p>
      )}
      <Stack gap="sm">
        <TextInput
          label={t("person.guardian_name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
        />
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t("person.guardian_phone")}
            type="tel"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={!name.trim() || !phone.trim()}
            loading={ask.isPending}
            onClick={() => ask.mutate({ ...path, body: { name, phone } })}
          >
            {t("person.ask_guardian")}
          </Button>
        </Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t("person.paper_day")}
            type="date"
            max={localDay(new Date())}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={!name.trim() || day === ""}
            loading={record.isPending}
            onClick={() => record.mutate({ ...path, body: { name, granted: true, signed_on: day } })}
          >
            {t("person.record_paper")}
          </Button>
        </Group>
      </Stack>
      {error && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
    </Section>
  );
}
