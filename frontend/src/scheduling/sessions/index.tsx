/** The dialogs that change a session: fetched with their sentences when first asked for. */
import { lazy, Suspense } from "react";
import { loadTexts } from "@/i18n";
import type { DialogProps, DialogWish, Held } from "./wish";

export { Onlookers } from "./Onlookers";
export type { DialogWish, Held };

const Dialogs = lazy(async () => (await Promise.all([import("./Dialogs"), loadTexts("scheduling/sessions")]))[0]);

export function SessionDialog({ wish, ...rest }: Omit<DialogProps, "wish"> & { wish: DialogWish | undefined }) {
  if (!wish) return null;
  return (
    <Suspense fallback={null}>
      <Dialogs wish={wish} {...rest} />
    </Suspense>
  );
}
