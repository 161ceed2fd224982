/** 小范围调整: at most three ways to fill a session, the one that touches fewest people first. */
import { Button, Checkbox, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { CallList } from "@/scheduling/callouts";
import { Icon, Loaded, Skeleton } from "@/ui";
import { RepairCard } from "./RepairCard";
import type { Repairs as Found, RepairWay, SessionPanel } from "./types";
import { useRepairs, useTakeWay } from "./useRepairs";

interface Props {
  session: SessionPanel;
  /** What is around it has its name already. */
  untitled?: boolean;
}

export function Repairs({ session, untitled = false }: Props) {
  const t = useText();
  const [moveAccepted, setMoveAccepted] = useState(false);
  const query = useRepairs(session, moveAccepted);
  const { take, overtaken, busy } = useTakeWay(session, query.refetch);
  const [chosen, setChosen] = useState<RepairWay>();
  return (
    <Stack component="section" gap="sm" aria-label={t("repair.title")}>
      {!untitled && <Title order={3}>{t("repair.title")}</Title>}
      {overtaken && (
        <Text role="alert" c="var(--empty)">
          {overtaken}
        </Text>
      )}
      <Loaded query={query} skeleton={<Skeleton lines={5} />}>
        {(found) => (
          <>
            <Notes session={session} found={found} />
            {found.ways.length === 0 && (found.missing > 0 || found.offered === 0) && <NoWay session={session} />}
            {found.ways.map((way, place) => (
              <RepairCard
                key={way.taken.map((one) => `${one.need}-${one.volunteer}`).join()}
                way={way}
                session={session}
                lost={found.lost.map((one) => one.name)}
                first={place === 0}
                asked={way === chosen}
                busy={busy}
                onAsk={() => setChosen(way)}
                onLeave={() => setChosen(undefined)}
                onTake={() => take(way, found)}
              />
            ))}
          </>
        )}
      </Loaded>
      <Checkbox
        label={t("repair.move_accepted")}
        checked={moveAccepted}
        onChange={(event) => setMoveAccepted(event.currentTarget.checked)}
      />
    </Stack>
  );
}

/** What goes with every way, and what none of them can do. */
function Notes({ session, found }: { session: SessionPanel; found: Found }) {
  const t = useText();
  const notes = found.lost.map((one) => t("repair.lost", { name: one.name }));
  if (found.offered > 0) notes.push(t("repair.offered", { n: found.offered }));
  if (found.short_of_room > 0) notes.push(t("repair.short_of_room", { n: found.short_of_room }));
  if (session.for_children && !session.worker && found.missing === 0) notes.push(t("board.why_worker"));
  return notes.map((note) => <Text key={note}>{note}</Text>);
}

/** Nobody found: said plainly, with whom to call instead. */
function NoWay({ session }: { session: SessionPanel }) {
  const t = useText();
  const [calling, setCalling] = useState(false);
  const need =
    session.needs.find((one) => one.filled < one.min) ?? session.needs.find((one) => one.filled < one.target);
  return (
    <>
      <Text>{t("repair.none")}</Text>
      {need && (
        <Button variant="default" leftSection={<Icon name="phone" />} onClick={() => setCalling(true)}>
          {t("repair.whom_to_call")}
        </Button>
      )}
      {need && calling && <CallList need={need.id} session={session} onClose={() => setCalling(false)} />}
    </>
  );
}
