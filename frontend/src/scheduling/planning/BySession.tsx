/** By session: the short ones first, each with why and what would help; then the rest by day. */
import { Button, Checkbox, Group, NativeSelect, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { useText } from "@/i18n";
import { Icon, StateMark, stateOf, useDates } from "@/ui";
import { CandidatesDialog, type Opening } from "./CandidatesDialog";
import { LongList } from "./LongList";
import { missingIn, useLookup } from "./lookup";
import { PersonRow } from "./PersonRow";
import styles from "./planning.module.css";
import { SessionWhatIf } from "./SessionWhatIf";
import { ShortNeed } from "./ShortNeed";
import type { DeskHub, PlannedSession } from "./types";

const STEP = 40;

export function BySession({ hubs }: { hubs: DeskHub[] }) {
  const t = useText();
  const { proposal, run } = useLookup();
  const [hub, setHub] = useState("");
  const [onlyShort, setOnlyShort] = useState(false);
  const [opening, setOpening] = useState<Opening>();
  const planned = hubs.filter((one) => run.hubs.includes(one.id));
  const names = useMemo(() => new Map(hubs.map((one) => [one.id, one.name])), [hubs]);
  const sessions = useMemo(() => {
    const chosen = proposal.sessions.filter((session) => !hub || session.hub === Number(hub));
    const short = chosen.filter((session) => missingIn(session) > 0);
    return onlyShort ? short : [...short, ...chosen.filter((session) => missingIn(session) === 0)];
  }, [proposal, hub, onlyShort]);

  return (
    <Stack gap="md">
      <Group gap="md">
        {planned.length > 1 && (
          <NativeSelect
            aria-label={t("plan.site")}
            value={hub}
            onChange={(event) => setHub(event.currentTarget.value)}
            data={[
              { value: "", label: t("plan.all_sites") },
              ...planned.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
          />
        )}
        <Checkbox
          checked={onlyShort}
          onChange={(event) => setOnlyShort(event.currentTarget.checked)}
          label={t("plan.only_short")}
        />
      </Group>
      <LongList items={sessions} step={STEP} none={t("plan.none_short")}>
        {(session) => (
          <SessionItem
            key={session.id}
            session={session}
            place={[planned.length > 1 && !hub ? names.get(session.hub) : "", session.room].filter(Boolean).join(" ")}
            onOpen={setOpening}
          />
        )}
      </LongList>
      {opening && <CandidatesDialog opening={opening} onClose={() => setOpening(undefined)} />}
    </Stack>
  );
}

interface ItemProps {
  session: PlannedSession;
  place: string;
  onOpen: (opening: Opening) => void;
}

function SessionItem({ session, place, onOpen }: ItemProps) {
  const t = useText();
  const dates = useDates();
  const { byNeed, editable } = useLookup();
  const [trying, setTrying] = useState(false);
  const missing = missingIn(session);
  const filled = session.needs.reduce((sum, need) => sum + need.filled, 0);
  return (
    <li className={styles.session}>
      <div className={styles.head}>
        <div>
          <Text component="h2" fw={600}>
            {editable ? (
              <UnstyledButton className={styles.title} onClick={() => setTrying(true)}>
                {session.title}
                <Icon name="forward" size="1em" />
              </UnstyledButton>
            ) : (
              session.title
            )}
          </Text>
          <Text c="dimmed" size="sm">
            {dates.span(session.starts_at, session.ends_at)} {place}
          </Text>
        </div>
        {trying && <SessionWhatIf session={session} onClose={() => setTrying(false)} />}
        <StateMark state={missing === 0 ? "full" : stateOf(filled, filled + missing)} missing={missing} />
      </div>
      <ul className={styles.rows}>
        {session.needs.map((need) => (
          <li key={need.id}>
            <div className={styles.role}>
              <span>{need.role}</span>
              <span className={styles.soft}>
                {need.filled}/{need.target}
              </span>
            </div>
            <ul className={styles.rows}>
              {(byNeed.get(need.id) ?? []).map((row) => (
                <li key={row.volunteer}>
                  <PersonRow row={row} show="person" />
                </li>
              ))}
            </ul>
            {need.missing > 0 ? (
              <ShortNeed need={need} onOpen={() => onOpen({ need: need.id })} />
            ) : (
              editable &&
              need.filled < need.target && (
                <Button variant="subtle" color="gray" size="compact-md" onClick={() => onOpen({ need: need.id })}>
                  {t("plan.room_for", { n: need.target - need.filled })}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
