/** A note of what happened: of what nature, when, to whom, what was seen and done. */
import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, localDay, momentOf, notifyDone, Page, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Guidance } from "../Guidance";
import styles from "../incidents.module.css";
import { NatureChoice } from "../NatureChoice";
import { PassageFields, passageOf, useSaid } from "../PassageFields";
import type { Nature, Start } from "../types";

export default function WritePage() {
  const t = useText();
  const session = Number(useSearchParams()[0].get("session")) || 0;
  const back = <Link to="/incidents">{t("incident.back")}</Link>;
  return (
    <Page title={t("incident.write")} lead={back}>
      {session ? <Form session={session} /> : <EmptyState title={t("incident.choose_session")} />}
    </Page>
  );
}

function Form({ session }: { session: number }) {
  const start = api.useQuery("get", "/api/incidents/sessions/{session_id}", {
    params: { path: { session_id: session } },
  });
  return <Loaded query={start}>{(data) => <Fields start={data} />}</Loaded>;
}

function Fields({ start: { session, children } }: { start: Start }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const navigate = useNavigate();
  const [nature, setNature] = useState<Nature>("ordinary");
  const [time, setTime] = useState(dates.time(session.starts_at));
  const [concerned, setConcerned] = useState<string[]>([]);
  const [said, say] = useSaid();
  const write = api.useMutation("post", "/api/incidents/sessions/{session_id}", {
    onSuccess: ({ id }) => {
      notifyDone(t("incident.saved"));
      navigate(`/incidents/note?incident=${id}`, { replace: true });
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const happened_at = momentOf(localDay(session.starts_at), time);
    write.mutate({
      params: { path: { session_id: session.id } },
      body: { ...passageOf(said), nature, happened_at, children: concerned.map(Number) },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <p>
          {dates.span(session.starts_at, session.ends_at)} {session.program} {"\u00b7"} {session.hub}
        </p>
        <NatureChoice value={nature} onChange={setNature} />
        {nature === "suspicion" && <Guidance />}
        <TextInput
          type="time"
          required
          label={t("incident.when")}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <Checkbox.Group label={t("incident.whom")} value={concerned} onChange={setConcerned}>
          <div className={styles.children}>
            {children.map((one) => (
              <Checkbox key={one.booking} value={String(one.booking)} label={one.name} />
            ))}
          </div>
        </Checkbox.Group>
        <PassageFields said={said} say={say} />
        <p className={rows.soft}>{t("incident.kept")}</p>
        {write.error !== null && (
          <span role="alert" className={rows.error}>
            {words(write.error)}
          </span>
        )}
        <Button type="submit" disabled={!said.what.trim() || !time} loading={write.isPending}>
          {t("incident.save")}
        </Button>
      </Stack>
    </form>
  );
}
