/** What a guardian is told and asked by message, each on or off. */
import { Switch } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

const COMINGS = "/api/attendance/children/mine";
const FACES = "/api/faces/mine";

export function Wishes() {
  const t = useText();
  const comings = api.useQuery("get", COMINGS, {}, { meta: { live: ["attendance"] } });
  const faces = api.useQuery("get", FACES);
  const tell = api.useMutation("put", COMINGS, { onSuccess: () => comings.refetch() });
  const ask = api.useMutation("put", FACES, { onSuccess: () => faces.refetch() });
  if (!comings.data && !faces.data) return null;
  return (
    <Section title={t("family.messages")}>
      {comings.data && (
        <Wish
          label={t("family.tell_comings")}
          on={tell.isPending ? tell.variables.body.told : comings.data.told}
          error={tell.error}
          onChange={(told) => tell.mutate({ body: { told } })}
        />
      )}
      {faces.data && (
        <Wish
          label={t("family.ask_faces")}
          on={ask.isPending ? ask.variables.body.asked : faces.data.asked}
          error={ask.error}
          onChange={(asked) => ask.mutate({ body: { asked } })}
        />
      )}
    </Section>
  );
}

function Wish(wish: { label: string; on: boolean; error: unknown; onChange: (on: boolean) => void }) {
  const words = useErrorText();
  return (
    <>
      <Switch label={wish.label} checked={wish.on} onChange={(event) => wish.onChange(event.currentTarget.checked)} />
      {wish.error !== null && (
        <span role="alert" className={rows.error}>
          {words(wish.error)}
        </span>
      )}
    </>
  );
}
