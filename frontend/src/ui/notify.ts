/** A quiet line that something is done. Errors belong beside what failed, not here. */
import { notifications } from "@mantine/notifications";
import { i18n } from "@/i18n";

export function notifyDone(message: string): void {
  notifications.show({
    message,
    color: "var(--full)",
    autoClose: 5000,
    closeButtonProps: { "aria-label": i18n._("ui.close") },
  });
}
