/** Who takes the places; asked for by hand, since reading children's names is logged. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, Loaded, notifyDone, useErrorText } from "@/ui";
import { BookChild } from "./BookChild";
import styles from "./board.module.css";
import { KeptPlaces } from "./KeptPlaces";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";

type Place = components["schemas"]["BookedPlace"];

export function Bookings({ session }: { session: SessionPanel }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        rightSection={<Icon name="down" />}
      >
        {t("board.bookings", { n: session.booked + session.waiting })}
      </Button>
      {open && <Names session={session} />}
    </div>
  );
}

function Names({ session }: { session: SessionPanel }) {
  const t = useText();
  const [leaving, setLeaving] = useState<Place>();
  const [adding, setAdding] = useState(false);
  const path = { params: { path: { session_id: session.id } } };
  const query = api.useQuery("get", "/api/board/sessions/{session_id}/bookings", path, { meta: { live: ["booking"] } });
  const open = session.editable && session.state !== "cancelled" && new Date(session.starts_at) > new Date();
  const list = (places: Place[]) =>
    places.map((place, index) => (
      <li key={place.id}>
        <span>
          {place.state === "waiting" && `${index + 1}. `}
          {place.name}
          {place.state === "offered" && ` ${t("board.booking_offered")}`}
          {place.late > 0 && <span className={styles.nobody}> {t("board.late", { n: place.late })}</span>}
        </span>
        {open && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setLeaving(place)}
            aria-label={t("board.cancel_booking_of", { name: place.name })}
          >
            {t(place.state === "waiting" ? "board.cancel_waiting" : "board.cancel_booking")}
          </Button>
        )}
      </li>
    ));
  return (
    <Loaded query={query}>
      {(places) => {
        const waiting = places.filter((place) => place.state === "waiting");
        return (
          <>
            <ul className={styles.people}>
              {list(places.filter((place) => place.state !== "waiting"))}
              {places.length === 0 && <li className={styles.nobody}>{t("board.no_bookings")}</li>}
            </ul>
            {waiting.length > 0 && (
              <>
                <Text fw={600} mt="sm">
                  {t("board.waiting_list", { n: waiting.length })}
                </Text>
                <ol className={styles.people}>{list(waiting)}</ol>
              </>
            )}
            {open && session.for_children && (
              <Button mt="xs" variant="default" leftSection={<Icon name="join" />} onClick={() => setAdding(true)}>
                {t("board.book_child")}
              </Button>
            )}
            {open && session.for_children && <KeptPlaces session={session.id} />}
            {session.for_children && (
              <Text size="sm" c="dimmed" mt="xs">
                {t("board.reading_is_logged")}
              </Text>
            )}
            {adding && <BookChild session={session} onClose={() => setAdding(false)} />}
            {leaving && <Leave place={leaving} session={session.id} onClose={() => setLeaving(undefined)} />}
          </>
        );
      }}
    </Loaded>
  );
}

function Leave({ place, session, onClose }: { place: Place; session: number; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshSession(session);
  const cancel = api.useMutation("post", "/api/bookings/{booking_id}/cancel", {
    onSuccess: async () => {
      await refresh();
      onClose();
      notifyDone(t("board.booking_cancelled", { name: place.name }));
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("board.cancel_booking_title", { name: place.name })}
      consequence={t(
        place.state === "waiting" ? "board.cancel_waiting_consequence" : "board.cancel_booking_consequence",
      )}
      verb={t(place.state === "waiting" ? "board.cancel_waiting" : "board.cancel_booking")}
      onConfirm={() => cancel.mutate({ params: { path: { booking_id: place.id } } })}
      busy={cancel.isPending}
      error={cancel.error ? words(cancel.error) : undefined}
    />
  );
}
