/** A certificate for who has no phone to ask for one: of all confirmed hours, or of a period. */
import { Button, Group, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Person } from "./usePerson";

export function CertificateFor({ person: { profile } }: { person: Person }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const issue = api.useMutation("post", "/api/volunteers/{volunteer_id}/certificates", {
    onSuccess: () => cache.invalidateQueries({ queryKey: ["get", "/api/certificates"] }),
  });
  const today = localDay(new Date());
  return (
    <Section title={t("person.certificate")}>
      <p className={rows.soft}>{t("person.certificate_hint")}</p>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label={t("person.certificate_from")}
          max={today}
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t("person.certificate_until")}
          min={first}
          max={today}
          value={last}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={issue.isPending}
          onClick={() =>
            issue.mutate({
              params: { path: { volunteer_id: profile.id } },
              body: { first_day: first || null, last_day: last || null },
            })
          }
        >
          {t("person.certificate_issue")}
        </Button>
      </Group>
      {issue.data && (
        <Group gap="sm" role="status">
          <span>{t("person.certificate_done", { number: issue.data.number })}</span>
          <Button
            component="a"
            href={`/api/certificates/${issue.data.id}/file`}
            target="_blank"
            rel="noopener"
            variant="default"
          >
            {t("person.certificate_open")}
          </Button>
        </Group>
      )}
      {issue.error && (
        <p role="alert" className={rows.error}>
          {words(issue.error)}
        </p>
      )}
    </Section>
  );
}
