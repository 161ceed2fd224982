import { Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, useDates } from "@/ui";
import { Changed } from "./Changed";
import { Clashes, NOTHING_BORNE } from "./Clashes";
import { SaveForm } from "./SaveForm";
import { bearingOf, useLook } from "./useLook";
import { useMerging } from "./useMerging";
import { useSites } from "./useSites";
import { isPossible, type SiteChoice, taken, WhenWhere, type Where, whenOf } from "./WhenWhere";
import type { Held } from "./wish";

type Session = components["schemas"]["SessionPanel"];

interface Props {
  session: Session;
  /** Where it is wished to be, and why that was refused; else the form begins with where it is. */
  to?: Held | undefined;
  refused?: unknown;
  onNewest: () => void;
  onDone: (id: number, week: string, day: string) => void;
}

export function MoveForm(props: Props) {
  return <Loaded query={useSites()}>{(sites) => <Form {...props} sites={sites} />}</Loaded>;
}

/** Chosen together: an end without its beginning, a room without its site, are none. */
const PARTS = [["day"], ["from", "to"], ["hub", "room"]] as const;

function Form({ session, to, refused, onDone, onNewest, sites }: Props & { sites: SiteChoice[] }) {
  const t = useText();
  const dates = useDates();
  const read = (held: Held): Where => ({
    day: localDay(held.starts_at),
    from: dates.time(held.starts_at),
    to: dates.time(held.ends_at),
    hub: held.hub,
    room: held.room,
  });
  const merging = useMerging<Where>(session, read, PARTS, to && read(to));
  const { mine: where, setMine: setWhere, revision, clashes } = merging;
  const move = api.useMutation("post", "/api/sessions/{session_id}/move");
  const comers = session.people.filter((person) => person.state !== "declined").length;
  const [borne, setBorne] = useState(NOTHING_BORNE);
  const when = isPossible(where) ? whenOf(where) : undefined;
  const same = when && sameAs(session, when);
  const look = useLook(
    when && !same
      ? {
          ...when,
          session: session.id,
          places: session.places,
          duty_worker: session.worker?.id ?? null,
          kits: session.kits.map((kit) => kit.id),
        }
      : undefined,
  );
  const save = (confirmed: boolean) =>
    move.mutate(
      {
        params: { path: { session_id: session.id } },
        body: {
          ...whenOf(where),
          revision,
          confirmed,
          ...bearingOf(look, confirmed || borne.confirmed, borne.reason),
        },
      },
      {
        onSuccess: (saved) => {
          notifyDone(t("session.moved"));
          onDone(saved.id, saved.week, where.day);
        },
        onError: onNewest,
      },
    );
  const site = (value: Where) => sites.find((one) => one.id === value.hub);
  const room = (value: Where) => site(value)?.rooms.find((one) => one.id === value.room)?.name ?? t("session.no_room");
  const say = (part: number, value: Where) =>
    [dates.day(value.day), `${value.from}-${value.to}`, `${site(value)?.name ?? ""} ${room(value)}`][part] ?? "";
  return (
    <SaveForm
      label={t("session.do_move")}
      ready={isPossible(where) && clashes.length === 0}
      saving={move.isIdle ? { ...move, error: refused } : move}
      onSave={save}
      focused={to !== undefined}
    >
      <Text>
        {t("session.now_at", {
          title: session.title,
          when: dates.span(session.starts_at, session.ends_at),
          where: `${session.hub_name} ${session.room_name}`.trim(),
        })}
      </Text>
      <Changed merging={merging} names={[t("session.day"), t("session.hours"), t("session.place")]} say={say} />
      <WhenWhere value={where} onChange={setWhere} sites={sites} />
      <Clashes
        look={look}
        wished={when ?? session}
        borne={borne}
        onBorne={setBorne}
        onTake={(offer) => setWhere(taken(where, offer, dates))}
      />
      {comers + session.booked > 0 && (
        <Text c="dimmed">{t("session.who_moves", { comers, booked: session.booked })}</Text>
      )}
    </SaveForm>
  );
}

const sameAs = (session: Session, when: ReturnType<typeof whenOf>) =>
  when.hub === session.hub &&
  when.room === session.room &&
  Date.parse(when.starts_at) === Date.parse(session.starts_at) &&
  Date.parse(when.ends_at) === Date.parse(session.ends_at);
