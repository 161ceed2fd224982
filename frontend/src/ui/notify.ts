/** A quiet line that something is done. Errors belong beside what failed, not here. */
import { notifications } from "@mantine/notifications";

export function notifyDone(message: string): void {
  notifications.show({ message, color: "var(--full)", autoClose: 5000 });
}
