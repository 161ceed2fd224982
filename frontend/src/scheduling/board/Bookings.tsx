/** Who takes the places; asked for by hand, since reading children's names is logged. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded } from "@/ui";
import styles from "./board.module.css";
import type { SessionPanel } from "./types";

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
      {open && <Names id={session.id} logged={session.for_children} />}
    </div>
  );
}

function Names({ id, logged }: { id: number; logged: boolean }) {
  const t = useText();
  const path = { params: { path: { session_id: id } } };
  const query = api.useQuery("get", "/api/board/sessions/{session_id}/bookings", path, { meta: { live: ["booking"] } });
  return (
    <Loaded query={query}>
      {(places) => (
        <>
          <ul className={styles.people}>
            {places.map((place) => (
              <li key={place.id}>
                <span>{place.name}</span>
                {place.state === "waiting" && <span>{t("board.waiting")}</span>}
              </li>
            ))}
            {places.length === 0 && <li className={styles.nobody}>{t("board.no_bookings")}</li>}
          </ul>
          {logged && (
            <Text size="sm" c="dimmed">
              {t("board.reading_is_logged")}
            </Text>
          )}
        </>
      )}
    </Loaded>
  );
}
