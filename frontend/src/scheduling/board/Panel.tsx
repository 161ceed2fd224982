/** One session beside the board: who comes, what is missing and why, whom to call, what can be done. */
import { ActionIcon, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { RescueSheet } from "@/scheduling/rescues";
import { ScopeChoice } from "@/scheduling/series";
import { type DialogWish, Onlookers } from "@/scheduling/sessions";
import { Icon, Loaded, useDates } from "@/ui";
import { Bookings } from "./Bookings";
import { Exceptions } from "./Exceptions";
import { History } from "./History";
import { People } from "./People";
import { Repairs } from "./Repairs";
import { Places, Standing } from "./SessionMark";
import { Standbys } from "./Standbys";
import { lacksAdults, lacksPeople, type SessionPanel } from "./types";

interface Props {
  id: number;
  /** Where the panel has no frame that closes it. */
  onClose?: () => void;
  onAct: (wish: DialogWish) => void;
}

export function usePanel(id: number) {
  const path = { params: { path: { session_id: id } } };
  return api.useQuery("get", "/api/board/sessions/{session_id}", path, {
    meta: { live: ["session", "assignment", "standby", "booking", "roster"] },
  });
}

export function Panel({ id, onClose, onAct }: Props) {
  const t = useText();
  const query = usePanel(id);
  const [asked, setAsked] = useState<{ wish: DialogWish; series: NonNullable<SessionPanel["series"]> }>();
  const [rescuing, setRescuing] = useState(false);
  /** One of a series: which of them is meant is asked first. */
  const act = (wish: DialogWish, { series }: SessionPanel) => (series ? setAsked({ wish, series }) : onAct(wish));
  return (
    <Stack gap="md">
      {asked && (
        <ScopeChoice
          series={asked.series}
          verb={asked.wish.kind === "cancel" ? "end" : "edit"}
          onThis={() => {
            setAsked(undefined);
            onAct(asked.wish);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {rescuing && <RescueSheet id={id} onClose={() => setRescuing(false)} />}
      <Loaded query={query}>
        {(session) => (
          <>
            <Head session={session} onClose={onClose} />
            {session.editable && <Onlookers session={id} takesPart />}
            <WhyShort session={session} />
            {lacksPeople(session) && (
              <>
                <Button variant="default" leftSection={<Icon name="swap" />} onClick={() => setRescuing(true)}>
                  {t("repair.adjust")}
                </Button>
                <Repairs session={session} />
              </>
            )}
            <People session={session} quiet={lacksPeople(session)} />
            <Standbys session={session} />
            {session.note && <Text>{session.note}</Text>}
            <Exceptions session={session} />
            {session.editable && session.state !== "cancelled" && (
              <Group gap="sm">
                <Button
                  variant="default"
                  leftSection={<Icon name="calendar" />}
                  onClick={() => act({ kind: "move", id }, session)}
                >
                  {t("board.move")}
                </Button>
                <Button
                  variant="default"
                  leftSection={<Icon name="settings" />}
                  onClick={() => act({ kind: "edit", id }, session)}
                >
                  {t("board.edit")}
                </Button>
                <Button
                  variant="default"
                  color="red"
                  leftSection={<Icon name="bar" />}
                  onClick={() => act({ kind: "cancel", id }, session)}
                >
                  {t("board.cancel")}
                </Button>
              </Group>
            )}
            {session.calls && session.places !== null && <Bookings session={session} />}
            <More session={session} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

export function Head({ session, onClose }: { session: SessionPanel; onClose?: (() => void) | undefined }) {
  const t = useText();
  const dates = useDates();
  return (
    <div>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Title order={2}>{session.title}</Title>
        {onClose && (
          <ActionIcon aria-label={t("ui.close")} onClick={onClose}>
            <Icon name="close" />
          </ActionIcon>
        )}
      </Group>
      <Text>{dates.span(session.starts_at, session.ends_at)}</Text>
      <Text>
        {session.hub_name} {session.room_name || t("board.outside")}
      </Text>
      <Group gap="md">
        <Standing session={session} />
        <Places session={session} />
      </Group>
      {session.state === "cancelled" && <Text>{t("board.cancelled_because", { reason: session.cancel_reason })}</Text>}
    </div>
  );
}

/** In one line: for each role what is missing, and the adults that the children booked require. */
export function WhyShort({ session }: { session: SessionPanel }) {
  const t = useText();
  if (session.state === "cancelled") return null;
  const declined = (need: number) =>
    session.people.filter((person) => person.need === need && person.state === "declined").length;
  const reasons = session.needs
    .filter((need) => need.filled < need.min)
    .map((need) =>
      t("board.why_role", { role: need.role, missing: need.min - need.filled, declined: declined(need.id) }),
    );
  if (lacksAdults(session) && session.adults) {
    const { required, present } = session.adults;
    reasons.push(t("board.why_adults", { booked: session.booked, required, present }));
  }
  if (!session.worker && session.for_children) reasons.push(t("board.why_worker"));
  return reasons.length > 0 && <Text>{reasons.join(t("board.semicolon"))}</Text>;
}

function More({ session }: { session: SessionPanel }) {
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
        {t("board.history")}
      </Button>
      {open && <History entries={session.history} />}
    </div>
  );
}
