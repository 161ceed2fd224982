/** The rooms: how many people, what is in them, and how long it takes to get them ready and tidy. */
import { Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Place, Room } from "./types";
import { useSaved } from "./useSaved";

const LONGEST = 240;

export function Rooms({ site }: { site: Place }) {
  const t = useText();
  const [open, setOpen] = useState<number | "new">();
  const close = () => setOpen(undefined);
  return (
    <Section title={t("sites.rooms")}>
      {site.rooms.length === 0 && <Text c="dimmed">{t("sites.no_rooms")}</Text>}
      <ul className={rows.list}>
        {site.rooms.map((room) => (
          <li key={room.id} className={rows.row}>
            {open === room.id ? (
              <RoomForm site={site} room={room} onDone={close} />
            ) : (
              <Group gap="sm" justify="space-between" wrap="nowrap">
                <span className={rows.facts}>
                  <span className={rows.name}>{room.name}</span>
                  <span className={rows.soft}>{factsOf(room, t)}</span>
                </span>
                <Button
                  variant="default"
                  aria-label={t("sites.change_which", { name: room.name })}
                  onClick={() => setOpen(room.id)}
                >
                  {t("sites.change")}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {open === "new" ? (
        <RoomForm site={site} onDone={close} />
      ) : (
        <Button variant="default" onClick={() => setOpen("new")}>
          {t("sites.add_room")}
        </Button>
      )}
    </Section>
  );
}

function factsOf(room: Room, t: ReturnType<typeof useText>): string {
  const parts = [];
  if (room.capacity !== null) parts.push(t("sites.holds", { n: room.capacity }));
  if (room.equipment.length > 0) parts.push(room.equipment.join(t("sites.comma")));
  if (room.setup_minutes + room.clearup_minutes > 0)
    parts.push(t("sites.turnaround", { before: room.setup_minutes, after: room.clearup_minutes }));
  return parts.join(t("ui.joiner"));
}

function RoomForm({ site, room, onDone }: { site: Place; room?: Room; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const [name, setName] = useState(room?.name ?? "");
  const [capacity, setCapacity] = useState<number | "">(room?.capacity ?? "");
  const [equipment, setEquipment] = useState(room?.equipment.join(t("sites.comma")) ?? "");
  const [before, setBefore] = useState(room?.setup_minutes ?? 0);
  const [after, setAfter] = useState(room?.clearup_minutes ?? 0);
  const saved = useSaved(t("sites.saved"), onDone);
  const add = api.useMutation("post", "/api/hubs/{hub_id}/rooms", saved);
  const change = api.useMutation("put", "/api/rooms/{room_id}", saved);
  const failed: unknown = add.error ?? change.error;
  const body = {
    name,
    capacity: capacity === "" ? null : capacity,
    equipment: equipment.split(/[、，,；;]/).filter((word) => word.trim()),
    setup_minutes: before,
    clearup_minutes: after,
  };
  const minutes = (label: string, value: number, onChange: (value: number) => void) => (
    <NumberInput
      label={label}
      min={0}
      max={LONGEST}
      value={value}
      onChange={(next) => onChange(Math.min(LONGEST, Math.max(0, Math.round(Number(next) || 0))))}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (room) change.mutate({ params: { path: { room_id: room.id } }, body });
        else add.mutate({ params: { path: { hub_id: site.id } }, body });
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("sites.room_name")}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <NumberInput
          label={t("sites.capacity")}
          min={0}
          max={100_000}
          value={capacity}
          onChange={(next) => setCapacity(next === "" ? "" : Math.round(Number(next)))}
        />
        <TextInput
          label={t("sites.equipment")}
          description={t("sites.equipment_hint")}
          value={equipment}
          onChange={(event) => setEquipment(event.currentTarget.value)}
        />
        <Group grow gap="sm" align="flex-start">
          {minutes(t("sites.setup"), before, setBefore)}
          {minutes(t("sites.clearup"), after, setAfter)}
        </Group>
        <Text size="sm" c="dimmed">
          {t("sites.turnaround_hint")}
        </Text>
        {failed !== null && (
          <Text role="alert" c="var(--empty)">
            {words(failed)}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t("ui.not_now")}
          </Button>
          <Button type="submit" variant="default" loading={add.isPending || change.isPending} disabled={!name.trim()}>
            {t("sites.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
