/** Coming and going that nobody noted in time: said afterwards, with whom the child went. */
import { useState } from "react";
import { api } from "@/api/client";
import { TimesDialog } from "./TimesDialog";
import type { ChildHere, DoorSession } from "./types";
import { useRefreshChildren } from "./useChildren";
import { WhoFetches, whoFetched } from "./WhoFetches";

interface Props {
  child: ChildHere;
  session: DoorSession;
  onClose: () => void;
}

export default function ChildTimes({ child, session, onClose }: Props) {
  const refresh = useRefreshChildren();
  const [who, setWho] = useState(whoFetched(child));
  const save = api.useMutation("put", "/api/attendance/children/{booking_id}/times", {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  return (
    <TimesDialog
      name={child.name}
      startsAt={session.starts_at}
      came={child.arrived_at}
      went={child.left_at}
      saving={save}
      onSave={(arrived_at, left_at) =>
        save.mutate({
          params: { path: { booking_id: child.booking } },
          body: { arrived_at, left_at, fetched_by: left_at ? Number(who) || null : null },
        })
      }
      onClose={onClose}
      going={<WhoFetches child={child} value={who} onChange={setWho} />}
      whole={who !== null}
    />
  );
}
