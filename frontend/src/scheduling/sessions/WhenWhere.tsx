/** Day, hours, site and room: shared by adding and moving. Native inputs: every phone has a good one. */
import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { type Dates, localDay, momentOf } from "@/ui";

export interface Where {
  day: string;
  from: string;
  to: string;
  hub: number;
  room: number | null;
}

export interface SiteChoice {
  id: number;
  name: string;
  rooms: { id: number; name: string; capacity: number | null }[];
  kits: { id: number; name: string }[];
}

export const whenOf = (where: Where) => ({
  hub: where.hub,
  room: where.room,
  starts_at: momentOf(where.day, where.from),
  ends_at: momentOf(where.day, where.to),
});

/** An offer taken: the day and hours it names, and its room. */
export const taken = (
  where: Where,
  offer: { room: number | null; starts_at: string; ends_at: string },
  dates: Dates,
) => ({
  ...where,
  day: localDay(offer.starts_at),
  from: dates.time(offer.starts_at),
  to: dates.time(offer.ends_at),
  room: offer.room,
});

export const isPossible = (where: Where): boolean =>
  where.day !== "" && where.from !== "" && where.to > where.from && where.hub > 0;

interface Props {
  value: Where;
  onChange: (value: Where) => void;
  sites: SiteChoice[];
  /** Other words for the day. */
  dayLabel?: string;
}

export function WhenWhere({ value, onChange, sites, dayLabel }: Props) {
  const t = useText();
  const rooms = sites.find((site) => site.id === value.hub)?.rooms ?? [];
  const backwards = value.from !== "" && value.to !== "" && value.to <= value.from;
  return (
    <>
      <TextInput
        type="date"
        label={dayLabel ?? t("session.day")}
        value={value.day}
        onChange={(event) => onChange({ ...value, day: event.currentTarget.value })}
        required
      />
      <Group grow gap="sm" align="flex-start">
        <TextInput
          type="time"
          label={t("session.from")}
          value={value.from}
          onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
          required
        />
        <TextInput
          type="time"
          label={t("session.to")}
          value={value.to}
          onChange={(event) => onChange({ ...value, to: event.currentTarget.value })}
          error={backwards ? t("session.ends_before_it_starts") : undefined}
          required
        />
      </Group>
      <NativeSelect
        label={t("session.site")}
        value={value.hub}
        onChange={(event) => onChange({ ...value, hub: Number(event.currentTarget.value), room: null })}
        data={sites.map((site) => ({ value: String(site.id), label: site.name }))}
      />
      <NativeSelect
        label={t("session.room")}
        value={value.room ?? ""}
        onChange={(event) => onChange({ ...value, room: Number(event.currentTarget.value) || null })}
        data={[
          { value: "", label: t("session.no_room") },
          ...rooms.map((room) => ({
            value: String(room.id),
            label: room.capacity ? t("session.room_for", { room: room.name, capacity: room.capacity }) : room.name,
          })),
        ]}
      />
    </>
  );
}
