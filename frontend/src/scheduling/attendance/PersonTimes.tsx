import { api } from "@/api/client";
import { TimesDialog } from "./TimesDialog";
import type { Awaited, DoorSession } from "./types";
import { useRefreshDay } from "./useDay";

interface Props {
  person: Awaited;
  session: DoorSession;
  onClose: () => void;
}

export default function PersonTimes({ person, session, onClose }: Props) {
  const refresh = useRefreshDay();
  const save = api.useMutation("put", "/api/attendance/places/{assignment_id}/times", {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  return (
    <TimesDialog
      name={person.name}
      startsAt={session.starts_at}
      came={person.signed_in_at}
      went={person.signed_out_at}
      saving={save}
      onSave={(signed_in_at, signed_out_at) =>
        save.mutate({
          params: { path: { assignment_id: person.assignment } },
          body: { signed_in_at, signed_out_at },
        })
      }
      onClose={onClose}
    />
  );
}
