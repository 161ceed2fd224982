/** 加人: somebody gets a place and is asked whether they come, unless they said so on the phone. */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone } from "@/ui";
import { type Candidate, Candidates } from "./Candidates";
import type { BoardSession } from "./types";
import { useRefreshSession } from "./useRefreshSession";

interface Props {
  session: BoardSession;
  need: BoardSession["needs"][number];
  onClose: () => void;
}

export function AddPerson({ session, need, onClose }: Props) {
  const t = useText();
  const refresh = useRefreshSession(session.id);
  const [coming, setComing] = useState(false);
  const assign = api.useMutation("post", "/api/needs/{need_id}/assign");
  const choose = (one: Candidate) =>
    assign.mutate(
      { params: { path: { need_id: need.id } }, body: { volunteer: one.volunteer, coming } },
      {
        onSuccess: async () => {
          await refresh();
          notifyDone(t(coming ? "board.comes_person" : "board.added_person", { name: one.name }));
          onClose();
        },
      },
    );
  return (
    <Candidates
      session={session}
      need={need.id}
      title={t("board.add_person_title", { role: need.role })}
      busy={assign.isPending}
      error={assign.error}
      onChoose={choose}
      onClose={onClose}
    >
      <Checkbox
        label={t("board.said_so")}
        checked={coming}
        onChange={(event) => setComing(event.currentTarget.checked)}
      />
    </Candidates>
  );
}
