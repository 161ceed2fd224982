/** Which role, and for where: only what the asking person may grant. */
import { Select } from "@mantine/core";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded } from "@/ui";

export type Wish = components["schemas"]["RoleWish"];
type Choices = components["schemas"]["RoleChoices"];

interface Props {
  wish: Partial<Wish>;
  onChange: (wish: Partial<Wish>) => void;
}

/** A role alone is complete; a coordinator's needs a hub, a social worker's an agency. */
export function isComplete(wish: Partial<Wish>): wish is Wish {
  if (wish.role === "coordinator") return Boolean(wish.hub_id);
  if (wish.role === "social_worker") return Boolean(wish.agency_id);
  return wish.role !== undefined;
}

export function RoleFields(props: Props) {
  const choices = api.useQuery("get", "/api/people/role-choices");
  return <Loaded query={choices}>{(data) => <Fields {...props} choices={data} />}</Loaded>;
}

function Fields({ wish, onChange, choices }: Props & { choices: Choices }) {
  const t = useText();
  const named = (places: Choices["hubs"]) => places.map((place) => ({ value: String(place.id), label: place.name }));
  const chooseRole = (role: string | null) => {
    const only = (places: Choices["hubs"]) => (places.length === 1 ? places[0]?.id : undefined);
    if (!role) onChange({});
    else if (role === "coordinator") onChange({ role, hub_id: only(choices.hubs) });
    else if (role === "social_worker") onChange({ role, agency_id: only(choices.agencies) });
    else onChange({ role: role as Wish["role"] });
  };
  return (
    <>
      <Select
        label={t("people.role")}
        data={choices.roles.map((choice) => ({ value: choice.role, label: t(`role.${choice.role}`) }))}
        value={wish.role ?? null}
        onChange={chooseRole}
        description={wish.role && t(`people.about.${wish.role}`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
      />
      {wish.role === "coordinator" && (
        <Select
          label={t("people.hub")}
          data={named(choices.hubs)}
          value={wish.hub_id ? String(wish.hub_id) : null}
          onChange={(id) => onChange({ ...wish, hub_id: id ? Number(id) : undefined })}
          searchable
        />
      )}
      {wish.role === "social_worker" && (
        <Select
          label={t("people.agency")}
          data={named(choices.agencies)}
          value={wish.agency_id ? String(wish.agency_id) : null}
          onChange={(id) => onChange({ ...wish, agency_id: id ? Number(id) : undefined })}
          searchable
        />
      )}
    </>
  );
}
