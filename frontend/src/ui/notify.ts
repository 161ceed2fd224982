/** A quiet line that something is done. Errors belong beside what failed, not here. */
import { createElement } from "react";
import { i18n } from "@/i18n";

const STAYS = 5_000;
/** Somebody has to read it and decide. */
const STAYS_WITH_UNDO = 10_000;
const listeners = new Set<() => void>();
let begun = false;
let lines = 0;

/** Whether anything was said yet: what shows it is fetched then. */
export const wasNotified = (): boolean => begun;

export function onNotified(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

interface Undo {
  label: string;
  onUndo: () => void;
}

/** `undo`: only of what nobody was told of yet. */
export function notifyDone(message: string, undo?: Undo): void {
  begun = true;
  for (const listener of listeners) listener();
  void show(message, undo);
}

async function show(message: string, undo: Undo | undefined): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  const line = {
    id: `done-${lines++}`,
    color: "var(--full)",
    closeButtonProps: { "aria-label": i18n._("ui.close") },
  };
  if (!undo) {
    notifications.show({ ...line, message, autoClose: STAYS });
    return;
  }
  const { UndoLine } = await import("./UndoLine");
  const onUndo = () => {
    notifications.hide(line.id);
    undo.onUndo();
  };
  notifications.show({
    ...line,
    message: createElement(UndoLine, { message, label: undo.label, onUndo }),
    autoClose: STAYS_WITH_UNDO,
  });
}
