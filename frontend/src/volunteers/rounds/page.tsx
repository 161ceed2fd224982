/** 问时间: everybody is asked about the next week with one tap; who answered, who is silent, whom to call; then the plan. */
import { Button, Group, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import {
  addDays,
  ConfirmDialog,
  Loaded,
  notifyDone,
  Page,
  ProgressBar,
  Section,
  StateMark,
  Stepper,
  useDates,
  useErrorText,
} from "@/ui";
import rows from "@/ui/rows.module.css";
import { People } from "./People";
import styles from "./rounds.module.css";
import { type Desk, type Round, useRefreshRounds } from "./useRounds";

export default function RoundsPage() {
  const t = useText();
  const dates = useDates();
  const [parameters, setParameters] = useSearchParams();
  const week = parameters.get("week") ?? undefined;
  const desk = api.useQuery(
    "get",
    "/api/rounds",
    { params: { query: { week } } },
    { meta: { live: ["round"] }, placeholderData: (before) => before },
  );
  useLive((desk.data?.rounds ?? []).map((round) => `round:${round.id}`));
  const shown = desk.data?.week;
  const go = (days: number) => shown && setParameters({ week: addDays(shown, days) });
  return (
    <Page
      title={t("rounds.title")}
      lead={t("rounds.lead")}
      actions={
        shown && (
          <Stepper
            label={t("rounds.choose_week")}
            before={{ name: t("rounds.week_before"), go: () => go(-7) }}
            after={{ name: t("rounds.week_after"), go: () => go(7) }}
          >
            {dates.week(shown)}
          </Stepper>
        )
      }
    >
      <Loaded query={desk}>
        {(data) => (
          <>
            {data.rounds.map((round) => (
              <OneRound key={round.id} round={round} />
            ))}
            <Start key={data.week} desk={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Where nobody was asked yet: the district for administrators, one's own sites for coordinators. */
function Start({ desk }: { desk: Desk }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshRounds();
  const asked = new Set(desk.rounds.map((round) => round.hub?.id ?? 0));
  const scopes = [
    ...(desk.district ? [{ value: "", label: t("rounds.district") }] : []),
    ...desk.hubs.map((hub) => ({ value: String(hub.id), label: hub.name })),
  ].filter((scope) => !asked.has(Number(scope.value)));
  const [scope, setScope] = useState(scopes[0]?.value ?? "");
  const start = api.useMutation("post", "/api/rounds", { onSuccess: refresh });
  if (scopes.length === 0 || asked.has(0)) return null;
  const chosen = scopes.some((one) => one.value === scope) ? scope : (scopes[0]?.value ?? "");
  return (
    <Section title={t("rounds.start_title", { week: dates.week(desk.week) })}>
      <p className={rows.soft}>{t("rounds.start_hint")}</p>
      {scopes.length > 1 && (
        <NativeSelect
          label={t("rounds.scope")}
          value={chosen}
          onChange={(event) => setScope(event.currentTarget.value)}
          data={scopes}
        />
      )}
      <div>
        <Button
          size="lg"
          variant={desk.rounds.length === 0 ? "filled" : "default"}
          loading={start.isPending}
          onClick={() => start.mutate({ body: { week: desk.week, hub: Number(chosen) || null } })}
        >
          {t("rounds.start")}
        </Button>
      </div>
      {start.error && (
        <p role="alert" className={rows.error}>
          {words(start.error)}
        </p>
      )}
    </Section>
  );
}

function OneRound({ round }: { round: Round }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshRounds();
  const [closing, setClosing] = useState(false);
  const path = { params: { path: { round_id: round.id } } };
  const remind = api.useMutation("post", "/api/rounds/{round_id}/remind", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("rounds.reminded"));
    },
  });
  const close = api.useMutation("post", "/api/rounds/{round_id}/close", {
    onSuccess: async () => {
      await refresh();
      setClosing(false);
    },
  });
  const answered = round.same + round.times + round.away;
  const all = answered + round.silent;
  const over = round.closed_at !== null;
  const coming = round.same + round.times;
  return (
    <Section
      title={round.hub?.name ?? t("rounds.district")}
      aside={over && <StateMark state="cancelled">{t("rounds.closed")}</StateMark>}
    >
      <ProgressBar value={all === 0 ? 0 : answered / all} label={t("rounds.answered", { answered, all })} />
      <ul className={styles.counts}>
        <li>
          <StateMark state="full">{t("rounds.coming", { n: coming })}</StateMark>
        </li>
        <li>
          <StateMark state="cancelled">{t("rounds.away", { n: round.away })}</StateMark>
        </li>
        <li>
          <StateMark state="waiting">{t("rounds.silent", { n: round.silent })}</StateMark>
        </li>
      </ul>
      <Group gap="sm">
        {!over && round.mine && round.silent > 0 && !round.reminded_at && (
          <Button variant="default" loading={remind.isPending} onClick={() => remind.mutate(path)}>
            {t("rounds.remind", { n: round.silent })}
          </Button>
        )}
        {!over && round.mine && (
          <Button variant="default" onClick={() => setClosing(true)}>
            {t("rounds.close")}
          </Button>
        )}
        <Button component={Link} to={`/planning?week=${round.week}`}>
          {t("rounds.plan")}
        </Button>
      </Group>
      {remind.error && (
        <p role="alert" className={rows.error}>
          {words(remind.error)}
        </p>
      )}
      <People round={round} />
      {closing && (
        <ConfirmDialog
          opened
          onClose={() => setClosing(false)}
          title={t("rounds.close_title")}
          consequence={t("rounds.close_consequence", { n: round.silent })}
          verb={t("rounds.close")}
          onConfirm={() => close.mutate(path)}
          busy={close.isPending}
          error={close.error ? words(close.error) : undefined}
        />
      )}
    </Section>
  );
}
