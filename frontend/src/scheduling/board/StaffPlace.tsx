/** One of the staff in a volunteer's place, until somebody else comes. */
import { Button, Text, VisuallyHidden } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import styles from "./board.module.css";
import { Call } from "./PlacePerson";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";

export function StaffPlace({ staff, session }: { staff: SessionPanel["staff"][number]; session: SessionPanel }) {
  const t = useText();
  const words = useErrorText();
  const end = api.useMutation("post", "/api/staff-places/{staff_place_id}/end", {
    onSettled: useRefreshSession(session.id),
    onSuccess: () => notifyDone(t("board.staff_ended", { name: staff.name })),
  });
  const acts = session.editable && session.state !== "cancelled" && new Date(session.starts_at) > new Date();
  const error: unknown = end.error;
  return (
    <li>
      <span>
        {staff.name}{" "}
        <Text component="span" size="sm" c="dimmed">
          {t("board.staff_in")}
        </Text>
      </span>
      <Call name={staff.name} phone={staff.phone} />
      {acts && (
        <div className={styles.acts}>
          <Button
            variant="subtle"
            color="gray"
            loading={end.isPending}
            onClick={() => end.mutate({ params: { path: { staff_place_id: staff.id } } })}
          >
            {t("board.staff_end")}
            <VisuallyHidden>{staff.name}</VisuallyHidden>
          </Button>
        </div>
      )}
      {error !== null && (
        <Text role="alert" size="sm" c="var(--empty)">
          {words(error)}
        </Text>
      )}
    </li>
  );
}
