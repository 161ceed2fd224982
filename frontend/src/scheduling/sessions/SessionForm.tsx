/** Adding a session, and editing all of one but its time and place. */
import { Anchor, Chip, Group, Input, NativeSelect, NumberInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, useDates } from "@/ui";
import { Changed } from "./Changed";
import { Clashes, NOTHING_BORNE } from "./Clashes";
import { type NeedDraft, NeedsEditor, needsFit, newNeed } from "./NeedsEditor";
import { SaveForm } from "./SaveForm";
import { bearingOf, useLook } from "./useLook";
import { useMerging } from "./useMerging";
import { useChoices, useSites } from "./useSites";
import { isPossible, type SiteChoice, taken, WhenWhere, type Where, whenOf } from "./WhenWhere";
import type { DialogProps } from "./wish";

type Choices = components["schemas"]["SessionChoices"];
type Session = components["schemas"]["SessionPanel"];
type Done = (id: number, week: string, day?: string) => void;

export interface Details {
  places: number | null;
  duty_worker: number | null;
  note: string;
  kits?: number[];
  needs: NeedDraft[];
}

const bodyOf = (details: Details) => ({ ...details, needs: details.needs.map(({ key: _, ...need }) => need) });

interface DetailsProps {
  value: Details;
  onChange: (value: Details) => void;
  choices: Choices;
  agency: number | undefined;
  /** Of the site; none where they are not asked for. */
  kits?: { id: number; name: string }[];
}

export function DetailFields({ value, onChange, choices, agency, kits = [] }: DetailsProps) {
  const t = useText();
  const ours = choices.workers.filter((worker) => agency === undefined || worker.agencies.includes(agency));
  const others = choices.workers.filter((worker) => !ours.includes(worker));
  const option = (worker: Choices["workers"][number]) => ({ value: String(worker.id), label: worker.name });
  return (
    <>
      <NativeSelect
        label={t("session.worker")}
        value={value.duty_worker ?? ""}
        onChange={(event) => onChange({ ...value, duty_worker: Number(event.currentTarget.value) || null })}
        data={[
          { value: "", label: t("session.no_worker") },
          ...ours.map(option),
          ...(others.length > 0 ? [{ group: t("session.other_agencies"), items: others.map(option) }] : []),
        ]}
      />
      <NumberInput
        label={t("session.places")}
        description={t("session.places_hint")}
        min={0}
        max={10_000}
        value={value.places ?? ""}
        onChange={(places) => onChange({ ...value, places: places === "" ? null : Math.round(Number(places)) })}
      />
      {kits.length > 0 && (
        <Chip.Group
          multiple
          value={(value.kits ?? []).map(String)}
          onChange={(chosen) => onChange({ ...value, kits: chosen.map(Number).sort((one, other) => one - other) })}
        >
          <Input.Wrapper label={t("session.kits")} description={t("session.kits_hint")}>
            <Group gap="sm" mt="xs">
              {kits.map((kit) => (
                <Chip key={kit.id} value={String(kit.id)} size="md">
                  {kit.name}
                </Chip>
              ))}
            </Group>
          </Input.Wrapper>
        </Chip.Group>
      )}
      <NeedsEditor needs={value.needs} onChange={(needs) => onChange({ ...value, needs })} skills={choices.skills} />
      <Textarea
        label={t("session.note")}
        autosize
        minRows={2}
        maxLength={2000}
        value={value.note}
        onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
      />
    </>
  );
}

type AddWish = Extract<DialogProps["wish"], { kind: "add" }>;

export function AddForm({ wish, onDone }: { wish: AddWish; onDone: Done }) {
  const sites = useSites();
  return (
    <Loaded query={useChoices()}>
      {(choices) => (
        <Loaded query={sites}>
          {(known) => (
            <Adding
              wish={wish}
              onDone={onDone}
              choices={choices}
              sites={known.filter((site) => choices.hubs.includes(site.id))}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Adding({
  wish,
  onDone,
  choices,
  sites,
}: {
  wish: AddWish;
  onDone: Done;
  choices: Choices;
  sites: SiteChoice[];
}) {
  const t = useText();
  const [program, setProgram] = useState(choices.programs[0]?.id ?? 0);
  const hub = sites.find((site) => site.id === wish.hub)?.id ?? sites[0]?.id ?? 0;
  const [where, setWhere] = useState<Where>({ day: wish.day, from: "09:00", to: "10:30", hub, room: null });
  const [details, setDetails] = useState<Details>({
    places: null,
    duty_worker: null,
    note: "",
    kits: [],
    needs: [newNeed()],
  });
  const [borne, setBorne] = useState(NOTHING_BORNE);
  const when = isPossible(where) ? whenOf(where) : undefined;
  const { places, duty_worker, kits = [] } = details;
  const look = useLook(when && program > 0 ? { ...when, program, places, duty_worker, kits } : undefined);
  const dates = useDates();
  const add = api.useMutation("post", "/api/sessions");
  const agency = choices.programs.find((one) => one.id === program)?.agency;
  const save = (confirmed: boolean) =>
    add.mutate(
      {
        body: {
          program,
          ...whenOf(where),
          ...bodyOf(details),
          confirmed,
          ...bearingOf(look, confirmed || borne.confirmed, borne.reason),
        },
      },
      {
        onSuccess: (saved) => {
          notifyDone(t("session.added"));
          onDone(saved.id, saved.week, where.day);
        },
      },
    );
  return (
    <SaveForm
      label={t("session.do_add")}
      ready={program > 0 && isPossible(where) && needsFit(details.needs)}
      saving={add}
      onSave={save}
    >
      <NativeSelect
        label={t("session.program")}
        value={program}
        onChange={(event) => setProgram(Number(event.currentTarget.value))}
        data={choices.programs.map((one) => ({ value: String(one.id), label: one.name }))}
      />
      <WhenWhere
        value={where}
        onChange={(next) => {
          setWhere(next);
          // A site's kits stay with it.
          if (next.hub !== where.hub) setDetails({ ...details, kits: [] });
        }}
        sites={sites}
      />
      <Anchor component={Link} to={`/series/new?day=${where.day}&hub=${where.hub}`}>
        {t("session.repeats")}
      </Anchor>
      <DetailFields
        value={details}
        onChange={setDetails}
        choices={choices}
        agency={agency}
        kits={sites.find((site) => site.id === where.hub)?.kits ?? []}
      />
      <Clashes
        look={look}
        wished={when ?? { room: null, starts_at: "" }}
        borne={borne}
        onBorne={setBorne}
        onTake={(offer) => setWhere(taken(where, offer, dates))}
      />
    </SaveForm>
  );
}

interface EditProps {
  session: Session;
  onDone: Done;
  onNewest: () => void;
}

export function EditForm(props: EditProps) {
  const sites = useSites();
  return (
    <Loaded query={useChoices()}>
      {(choices) => <Loaded query={sites}>{(known) => <Editing {...props} choices={choices} sites={known} />}</Loaded>}
    </Loaded>
  );
}

const PARTS = [["duty_worker"], ["places"], ["kits"], ["needs"], ["note"]] as const;

const detailsOf = (session: Session): Details => ({
  places: session.places,
  duty_worker: session.worker?.id ?? null,
  note: session.note,
  kits: session.kits.map((kit) => kit.id).sort((one, other) => one - other),
  needs: session.roles.map(({ skill: _, ...role }) => ({ ...role, key: `need-${role.id}` })),
});

/** A role that somebody else took away meanwhile, and mine wants to keep, is a new one. */
const stillThere = (needs: NeedDraft[], session: Session): NeedDraft[] =>
  needs.map((need) => (session.roles.some((role) => role.id === need.id) ? need : { ...need, id: null }));

function Editing({ session, onDone, onNewest, choices, sites }: EditProps & { choices: Choices; sites: SiteChoice[] }) {
  const t = useText();
  const merging = useMerging(session, detailsOf, PARTS);
  const { mine: details, setMine: setDetails, revision, clashes } = merging;
  const [borne, setBorne] = useState(NOTHING_BORNE);
  const { hub, room, starts_at, ends_at } = session;
  const { places, duty_worker, kits = [] } = details;
  const look = useLook({ session: session.id, hub, room, starts_at, ends_at, places, duty_worker, kits });
  const edit = api.useMutation("patch", "/api/sessions/{session_id}");
  const save = (confirmed: boolean) =>
    edit.mutate(
      {
        params: { path: { session_id: session.id } },
        body: {
          ...bodyOf({ ...details, needs: stillThere(details.needs, session) }),
          revision,
          confirmed,
          ...bearingOf(look, confirmed || borne.confirmed, borne.reason),
        },
      },
      {
        onSuccess: (saved) => {
          notifyDone(t("session.edited"));
          onDone(saved.id, saved.week);
        },
        onError: onNewest,
      },
    );
  const worker = (id: number | null) => choices.workers.find((one) => one.id === id)?.name ?? t("session.no_worker");
  const roles = (needs: NeedDraft[]) =>
    needs.map(({ role, min, target }) => t("session.role_is", { role, min, target })).join(t("session.and"));
  const offered = kitsFor(session, sites);
  const named = (ids: number[]) =>
    offered
      .filter((kit) => ids.includes(kit.id))
      .map((kit) => kit.name)
      .join(t("session.comma"));
  const say = (part: number, { duty_worker, places, kits: ids = [], needs, note }: Details) =>
    [worker(duty_worker), `${places ?? t("session.none")}`, named(ids), roles(needs), note][part] || t("session.none");
  const agency = choices.programs.find((one) => one.id === session.program)?.agency;
  return (
    <SaveForm
      label={t("session.do_edit")}
      ready={needsFit(details.needs) && clashes.length === 0}
      saving={edit}
      onSave={save}
    >
      <Changed
        merging={merging}
        names={[t("session.worker"), t("session.places"), t("session.kits"), t("session.needs"), t("session.note")]}
        say={say}
      />
      <DetailFields value={details} onChange={setDetails} choices={choices} agency={agency} kits={offered} />
      <Clashes look={look} wished={session} borne={borne} onBorne={setBorne} />
    </SaveForm>
  );
}

/** The site's, and any of another's that it took along. */
const kitsFor = (session: Session, sites: SiteChoice[]) => {
  const here = sites.find((site) => site.id === session.hub)?.kits ?? [];
  return [...here, ...session.kits.filter((kit) => !here.some((one) => one.id === kit.id))];
};
