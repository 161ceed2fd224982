/** How many places are kept for children in hardship: read and said by who runs the session, seen by nobody else. */
import { Button, Group, NumberInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type Kept = components["schemas"]["KeptPlacesOut"];

export function KeptPlaces({ session }: { session: number }) {
  const path = { params: { path: { session_id: session } } };
  const query = api.useQuery("get", "/api/sessions/{session_id}/kept-places", path, { refetchOnWindowFocus: false });
  return <Loaded query={query}>{(kept) => <Form session={session} saved={kept} />}</Loaded>;
}

function Form({ session, saved }: { session: number; saved: Kept }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [kept, setKept] = useState(saved.kept ?? null);
  const save = api.useMutation("put", "/api/sessions/{session_id}/kept-places", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/sessions/{session_id}/kept-places"] });
      notifyDone(t("board.kept_saved"));
    },
  });
  return (
    <Group gap="sm" align="flex-end" mt="md">
      <NumberInput
        label={t("board.kept")}
        description={t("board.kept_hint", { n: saved.by_program })}
        descriptionProps={{ fz: "sm", lh: 1.5 }}
        inputWrapperOrder={["label", "description", "input"]}
        value={kept ?? ""}
        onChange={(value) => setKept(value === "" ? null : Math.round(Number(value)))}
        min={0}
        max={saved.most}
      />
      <Button
        variant="default"
        loading={save.isPending}
        disabled={kept === (saved.kept ?? null)}
        onClick={() => save.mutate({ params: { path: { session_id: session } }, body: { kept } })}
      >
        {t("board.kept_save")}
      </Button>
      {save.error && (
        <span role="alert" className={rows.error}>
          {words(save.error)}
        </span>
      )}
    </Group>
  );
}
