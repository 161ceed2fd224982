/** The dialogs that change a session: fetched with their sentences when first asked for. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";

export type DialogWish = { kind: "add"; day: string; hub?: number } | { kind: "move" | "edit" | "cancel"; id: number };

export interface DialogProps<Wish extends DialogWish = DialogWish> {
  wish: Wish;
  onClose: () => void;
  /** The session that was saved, its week, and its day where that was chosen. */
  onDone: (id: number, week: string, day?: string) => void;
}

const Dialogs = lazy(async () => (await Promise.all([import("./Dialogs"), loadTexts("scheduling/sessions")]))[0]);

export function SessionDialog({ wish, ...rest }: Omit<DialogProps, "wish"> & { wish: DialogWish | undefined }) {
  if (!wish) return null;
  return (
    <Suspense fallback={null}>
      <Dialogs wish={wish} {...rest} />
    </Suspense>
  );
}
