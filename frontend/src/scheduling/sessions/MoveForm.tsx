import { Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, useDates } from "@/ui";
import { SaveForm } from "./SaveForm";
import { useSites } from "./useSites";
import { isPossible, type SiteChoice, WhenWhere, whenOf } from "./WhenWhere";

type Session = components["schemas"]["SessionPanel"];

interface Props {
  session: Session;
  onNewest: () => void;
  onDone: (id: number, week: string, day: string) => void;
}

export function MoveForm(props: Props) {
  return <Loaded query={useSites()}>{(sites) => <Form {...props} sites={sites} />}</Loaded>;
}

function Form({ session, onDone, onNewest, sites }: Props & { sites: SiteChoice[] }) {
  const t = useText();
  const dates = useDates();
  const [where, setWhere] = useState({
    day: localDay(session.starts_at),
    from: dates.time(session.starts_at),
    to: dates.time(session.ends_at),
    hub: session.hub,
    room: session.room,
  });
  const move = api.useMutation("post", "/api/sessions/{session_id}/move");
  const comers = session.people.filter((person) => person.state !== "declined").length;
  const save = (confirmed: boolean) =>
    move.mutate(
      {
        params: { path: { session_id: session.id } },
        body: { ...whenOf(where), revision: session.revision, confirmed },
      },
      {
        onSuccess: (saved) => {
          notifyDone(t("session.moved"));
          onDone(saved.id, saved.week, where.day);
        },
      },
    );
  return (
    <SaveForm label={t("session.do_move")} ready={isPossible(where)} saving={move} onSave={save} onNewest={onNewest}>
      <Text>
        {session.title} {dates.span(session.starts_at, session.ends_at)}
      </Text>
      <WhenWhere value={where} onChange={setWhere} sites={sites} />
      {comers + session.booked > 0 && (
        <Text c="dimmed">{t("session.who_moves", { comers, booked: session.booked })}</Text>
      )}
    </SaveForm>
  );
}
