/** Giving a place back: asked once, with what follows from it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { givenName } from "./names";
import type { Place } from "./types";
import { useRefreshFamily } from "./useFamily";

export function CancelPlace({ place, child }: { place: Place; child: string }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshFamily();
  const [asked, setAsked] = useState(false);
  const cancel = api.useMutation("post", "/api/bookings/{booking_id}/cancel", {
    onSuccess: () => {
      setAsked(false);
      notifyDone(t("family.left", { child: givenName(child) }));
    },
    onSettled: refresh,
  });
  const waits = place.state === "waiting";
  const error: unknown = cancel.error;
  if (!place.cancellable) return null;
  const facts = {
    child: givenName(child),
    when: dates.nearSpan(place.session.starts_at, place.session.ends_at),
    program: place.session.program,
  };
  const verb = waits ? t("family.leave_waiting") : t("family.leave");
  return (
    <>
      <Button
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={t("family.leave_which", { verb, when: facts.when, program: facts.program })}
      >
        {verb}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={waits ? t("family.leave_waiting_title", facts) : t("family.leave_title", facts)}
        consequence={
          <>
            <p>{facts.when}</p>
            <p>{facts.program}</p>
            {!waits && <p className={rows.soft}>{t("family.leave_consequence")}</p>}
          </>
        }
        verb={verb}
        onConfirm={() => cancel.mutate({ params: { path: { booking_id: place.id } } })}
        busy={cancel.isPending}
        error={error === null ? undefined : words(error)}
      />
    </>
  );
}
