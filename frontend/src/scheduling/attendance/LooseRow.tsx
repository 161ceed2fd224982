/** What a tablet told and no list awaits: somebody at the door, a child's coming or going. Looked at by staff, kept. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Row } from "./Row";
import type { Loose, LooseChild } from "./types";
import { useRefreshChildren } from "./useChildren";
import { useRefreshDay } from "./useDay";

export function LooseRow({ sighting }: { sighting: Loose }) {
  const t = useText();
  const refresh = useRefreshDay();
  return <Told told={sighting} name={sighting.name || t("attend.unknown_person")} onLooked={refresh} />;
}

export function LooseChildRow({ told }: { told: LooseChild }) {
  const t = useText();
  const refresh = useRefreshChildren();
  const { kind, went_with: name } = told;
  const what = kind === "in" ? t("child.loose_in") : name ? t("child.loose_out_with", { name }) : t("child.loose_out");
  return <Told told={told} name={told.name || t("child.unknown")} what={what} onLooked={refresh} />;
}

interface ToldProps {
  told: Pick<Loose, "id" | "at" | "device" | "doubt">;
  name: string;
  what?: string;
  onLooked: () => Promise<void>;
}

function Told({ told, name, what, onLooked }: ToldProps) {
  const t = useText();
  const dates = useDates();
  const look = api.useMutation("post", "/api/attendance/sightings/{event_id}/set-aside", { onSuccess: onLooked });
  const seen = t("attend.seen_at", { time: dates.time(told.at), device: told.device });
  return (
    <Row
      name={name}
      about={<span className={rows.soft}>{what ? [seen, what].join(t("ui.joiner")) : seen}</span>}
      standing={say(t, "doubt", told.doubt)}
      acts={
        <Button
          variant="default"
          aria-label={t("attend.looked_whom", { name })}
          loading={look.isPending}
          onClick={() => look.mutate({ params: { path: { event_id: told.id } } })}
        >
          {t("attend.looked")}
        </Button>
      }
      error={look.error}
    />
  );
}
