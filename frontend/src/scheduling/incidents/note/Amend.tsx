/** What came to light or was done later; that it may be harm after all. */
import { Button, Checkbox, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { PassageFields, passageOf, useSaid } from "../PassageFields";
import type { Incident } from "../types";

export function Amend({ incident, onChanged }: { incident: Incident; onChanged: () => unknown }) {
  const t = useText();
  const words = useErrorText();
  const [said, say, clear] = useSaid();
  const [suspicion, suspect] = useState(false);
  const amend = api.useMutation("post", "/api/incidents/{incident_id}/passages", {
    onSuccess: async () => {
      clear();
      suspect(false);
      notifyDone(t("incident.added"));
      await onChanged();
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    amend.mutate({ params: { path: { incident_id: incident.id } }, body: { ...passageOf(said), suspicion } });
  };
  const nothing = !said.what.trim() && !said.done.trim() && !said.reported && !suspicion;
  return (
    <Section title={t("incident.add")}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <PassageFields said={said} say={say} more />
          {incident.nature === "ordinary" && (
            <Checkbox
              label={t("incident.suspicion")}
              description={t("incident.becomes_suspicion")}
              checked={suspicion}
              onChange={(event) => suspect(event.currentTarget.checked)}
            />
          )}
          {amend.error !== null && (
            <span role="alert" className={rows.error}>
              {words(amend.error)}
            </span>
          )}
          <Button type="submit" variant="default" disabled={nothing} loading={amend.isPending}>
            {t("incident.add")}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
