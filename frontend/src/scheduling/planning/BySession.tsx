/** By session: the short ones first, each with why and what would help; then the rest by day. */
import { Button, Checkbox, Group, NativeSelect, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, Skeleton, StateMark, stateOf, useDates } from "@/ui";
import { CandidatesDialog, type Opening } from "./CandidatesDialog";
import { LongList } from "./LongList";
import { PersonRow } from "./PersonRow";
import styles from "./planning.module.css";
import { SessionWhatIf } from "./SessionWhatIf";
import { ShortNeed } from "./ShortNeed";
import type { DeskHub, PlannedSession } from "./types";
import { ProposalProvider, shiftOf, useMost, useProposal } from "./useProposal";

const STEP = 40;

export function BySession({ hubs }: { hubs: DeskHub[] }) {
  const t = useText();
  const shown = useProposal();
  const { run, hubs: names } = shown;
  const closed = useMemo(() => ({ ...shown, editable: false }), [shown]);
  const [hub, setHub] = useState("");
  const [onlyShort, setOnlyShort] = useState(false);
  const [most, more] = useMost(STEP);
  const [opening, setOpening] = useState<Opening>();
  const planned = hubs.filter((one) => run.hubs.includes(one.id));
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/proposal/sessions",
    {
      params: {
        path: { run_id: run.id },
        query: { most, only_short: onlyShort, ...(hub && { hub: Number(hub) }) },
      },
    },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
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
      <Loaded query={found} skeleton={<Skeleton lines={8} />}>
        {({ count, sessions }) => (
          <LongList items={sessions} count={count} onMore={more} none={t("plan.none_short")}>
            {(session) => (
              <ProposalProvider key={session.id} value={session.published ? closed : shown}>
                <SessionItem
                  session={session}
                  place={[planned.length > 1 && !hub ? names.get(session.hub) : "", session.room]
                    .filter(Boolean)
                    .join(" ")}
                  onOpen={setOpening}
                />
              </ProposalProvider>
            )}
          </LongList>
        )}
      </Loaded>
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
  const { editable } = useProposal();
  const [trying, setTrying] = useState(false);
  const missing = session.needs.reduce((sum, need) => sum + need.missing, 0);
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
        {session.published && <span className={styles.tag}>{t("plan.row_published")}</span>}
        <StateMark state={missing === 0 ? "full" : stateOf(filled, filled + missing)} missing={missing} />
      </div>
      <ul className={styles.rows}>
        {session.needs.map((need) => {
          const shift = shiftOf(session, need);
          return (
            <li key={need.id}>
              <div className={styles.role}>
                <span>{need.role}</span>
                <span className={styles.soft}>
                  {need.filled}/{need.target}
                </span>
              </div>
              <ul className={styles.rows}>
                {need.rows.map((row) => (
                  <li key={row.volunteer}>
                    <PersonRow row={row} shift={shift} show="person" />
                  </li>
                ))}
              </ul>
              {need.missing > 0 ? (
                <ShortNeed need={need} shift={shift} onOpen={() => onOpen({ shift })} />
              ) : (
                editable &&
                need.filled < need.target && (
                  <Button variant="subtle" color="gray" size="compact-md" onClick={() => onOpen({ shift })}>
                    {t("plan.room_for", { n: need.target - need.filled })}
                  </Button>
                )
              )}
            </li>
          );
        })}
      </ul>
    </li>
  );
}
