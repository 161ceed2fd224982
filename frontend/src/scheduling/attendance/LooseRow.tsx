/** Somebody seen by a tablet whom no session awaits: looked at by staff, kept for ever. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { say, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import type { Loose } from "./types";
import { useRefreshDay } from "./useDay";

export function LooseRow({ sighting }: { sighting: Loose }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshDay();
  const look = api.useMutation("post", "/api/attendance/sightings/{event_id}/set-aside", { onSuccess: refresh });
  const name = sighting.name || t("attend.unknown_person");
  return (
    <li className={styles.person}>
      <div className={rows.facts}>
        <span className={rows.name}>{name}</span>
        <span className={rows.soft}>
          {t("attend.seen_at", { time: dates.time(sighting.at), device: sighting.device })}
        </span>
      </div>
      <span className={styles.standing}>{say(t, "doubt", sighting.doubt)}</span>
      <Button
        variant="default"
        aria-label={t("attend.looked_whom", { name })}
        loading={look.isPending}
        onClick={() => look.mutate({ params: { path: { event_id: sighting.id } } })}
      >
        {t("attend.looked")}
      </Button>
      {look.error && (
        <span role="alert" className={rows.error}>
          {words(look.error)}
        </span>
      )}
    </li>
  );
}
