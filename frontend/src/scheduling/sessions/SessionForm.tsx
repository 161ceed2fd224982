/** Adding a session, and editing all of one but its time and place. */
import { NativeSelect, NumberInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone } from "@/ui";
import { type NeedDraft, NeedsEditor, needsFit, newNeed } from "./NeedsEditor";
import { SaveForm } from "./SaveForm";
import { useChoices, useSites } from "./useSites";
import { isPossible, type SiteChoice, WhenWhere, type Where, whenOf } from "./WhenWhere";
import type { DialogProps } from "./wish";

type Choices = components["schemas"]["SessionChoices"];
type Session = components["schemas"]["SessionPanel"];
type Done = (id: number, week: string, day?: string) => void;

interface Details {
  places: number | null;
  duty_worker: number | null;
  note: string;
  needs: NeedDraft[];
}

const bodyOf = (details: Details) => ({ ...details, needs: details.needs.map(({ key: _, ...need }) => need) });

interface DetailsProps {
  value: Details;
  onChange: (value: Details) => void;
  choices: Choices;
  agency: number | undefined;
}

function DetailFields({ value, onChange, choices, agency }: DetailsProps) {
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
        hideControls
        value={value.places ?? ""}
        onChange={(places) => onChange({ ...value, places: places === "" ? null : Math.round(Number(places)) })}
      />
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
  const [details, setDetails] = useState<Details>({ places: null, duty_worker: null, note: "", needs: [newNeed()] });
  const add = api.useMutation("post", "/api/sessions");
  const agency = choices.programs.find((one) => one.id === program)?.agency;
  const save = (confirmed: boolean) =>
    add.mutate(
      { body: { program, ...whenOf(where), ...bodyOf(details), confirmed } },
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
      <WhenWhere value={where} onChange={setWhere} sites={sites} />
      <DetailFields value={details} onChange={setDetails} choices={choices} agency={agency} />
    </SaveForm>
  );
}

interface EditProps {
  session: Session;
  onDone: Done;
  onNewest: () => void;
}

export function EditForm(props: EditProps) {
  return <Loaded query={useChoices()}>{(choices) => <Editing {...props} choices={choices} />}</Loaded>;
}

function Editing({ session, onDone, onNewest, choices }: EditProps & { choices: Choices }) {
  const t = useText();
  const [details, setDetails] = useState<Details>({
    places: session.places,
    duty_worker: session.worker?.id ?? null,
    note: session.note,
    needs: session.roles.map(({ skill: _, ...role }) => ({ ...role, key: `need-${role.id}` })),
  });
  const edit = api.useMutation("patch", "/api/sessions/{session_id}");
  const save = (confirmed: boolean) =>
    edit.mutate(
      {
        params: { path: { session_id: session.id } },
        body: { ...bodyOf(details), revision: session.revision, confirmed },
      },
      {
        onSuccess: (saved) => {
          notifyDone(t("session.edited"));
          onDone(saved.id, saved.week);
        },
      },
    );
  const agency = choices.programs.find((one) => one.id === session.program)?.agency;
  return (
    <SaveForm
      label={t("session.do_edit")}
      ready={needsFit(details.needs)}
      saving={edit}
      onSave={save}
      onNewest={onNewest}
    >
      <DetailFields value={details} onChange={setDetails} choices={choices} agency={agency} />
    </SaveForm>
  );
}
