/** Giving a place back: asked once, with what follows from it. Of a series, this one or all that follow. */
import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, hubZone, notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./bookings.module.css";
import { givenName } from "./names";
import type { FamilyChild, Place } from "./types";
import { useRefreshFamily } from "./useFamily";

const weekday = (moment: string) => new Date(moment).toLocaleDateString("en", { weekday: "short", timeZone: hubZone });
const minuteOfDay = (moment: string) => {
  const clock = new Date(moment).toLocaleTimeString("en-GB", { timeZone: hubZone });
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};
/** Begun less than this earlier or later, it is the same time of the week: as the server says. */
const SHIFTED = 60;

/** The child's places in sessions like this one, from it on: same program and site, same time of the week. */
export function alike(places: Place[], place: Place): Place[] {
  return places.filter(
    (one) =>
      one.cancellable &&
      one.session.program === place.session.program &&
      one.session.hub.id === place.session.hub.id &&
      one.session.starts_at >= place.session.starts_at &&
      weekday(one.session.starts_at) === weekday(place.session.starts_at) &&
      Math.abs(minuteOfDay(one.session.starts_at) - minuteOfDay(place.session.starts_at)) < SHIFTED,
  );
}

export function CancelPlace({ place, child }: { place: Place; child: FamilyChild }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshFamily();
  const [asked, setAsked] = useState(false);
  const [all, setAll] = useState(false);
  const path = { params: { path: { booking_id: place.id } } };
  const after = {
    onSuccess: () => {
      setAsked(false);
      notifyDone(t("family.left", { child: givenName(child.name) }));
    },
    onSettled: refresh,
  };
  const one = api.useMutation("post", "/api/bookings/{booking_id}/cancel", after);
  const series = api.useMutation("post", "/api/bookings/{booking_id}/cancel-series", after);
  const waits = place.state === "waiting";
  const error: unknown = one.error ?? series.error;
  if (!place.cancellable) return null;
  const facts = {
    child: givenName(child.name),
    when: dates.nearSpan(place.session.starts_at, place.session.ends_at),
    program: place.session.program,
  };
  const verb = waits ? t("family.leave_waiting") : t("family.leave");
  const following = alike(child.places, place);
  const given = (all ? following : [place]).filter((each) => each.state !== "waiting");
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
            {following.length > 1 && (
              <Radio.Group
                value={all ? "all" : "one"}
                onChange={(value) => setAll(value === "all")}
                aria-label={t("family.leave_how_many")}
              >
                <div className={styles.wish}>
                  <Radio value="one" label={t("family.leave_one")} />
                  <Radio value="all" label={t("family.leave_all", { count: following.length })} />
                </div>
              </Radio.Group>
            )}
            {given.length > 0 && (
              <p className={rows.soft}>
                {t(given.some((each) => each.late) ? "family.leave_late" : "family.leave_consequence")}
              </p>
            )}
          </>
        }
        verb={verb}
        onConfirm={() => (all ? series : one).mutate(path)}
        busy={one.isPending || series.isPending}
        error={error === null ? undefined : words(error)}
      />
    </>
  );
}
