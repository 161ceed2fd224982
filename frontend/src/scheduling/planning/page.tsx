/** 排班: choose a week and sites, watch the planner, look its proposal through, publish it. */
import { Button, Group } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { addDays, EmptyState, Loaded, Page, Skeleton, Stepper, useDates } from "@/ui";
import { Earlier } from "./Earlier";
import { Ended } from "./Ended";
import { History } from "./History";
import { Review } from "./Review";
import { Running } from "./Running";
import { Scope } from "./Scope";
import type { Desk, Run } from "./types";

const Compare = lazy(() => import("./Compare"));

const isOver = (run: Run) => run.state !== "queued" && run.state !== "running";

export default function PlanningPage() {
  const t = useText();
  const dates = useDates();
  const [parameters, setParameters] = useSearchParams();
  const week = parameters.get("week") ?? undefined;
  const earlier = Number(parameters.get("run"));
  const beside = parameters.get("with");
  const [listing, setListing] = useState(false);
  const desk = api.useQuery(
    "get",
    "/api/planning/desk",
    { params: { query: { week } } },
    {
      meta: { live: ["run", "roster", "assignment", "session", "booking"] },
      placeholderData: (before) => before,
      // A worker may die without a word; the page notices without one too.
      refetchInterval: ({ state }) => (state.data?.run && !isOver(state.data.run) ? 10_000 : false),
    },
  );
  const shown = desk.data?.week;
  const go = (days: number) => shown && setParameters({ week: addDays(shown, days) });
  return (
    <Page
      title={t("plan.title")}
      lead={desk.data?.may_plan === false ? t("plan.lead_look") : t("plan.lead")}
      width="full"
      actions={
        shown && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setListing(true)}>
              {t("plan.earlier")}
            </Button>
            <Stepper
              label={t("plan.choose_week")}
              before={{ name: t("plan.week_before"), go: () => go(-7) }}
              after={{ name: t("plan.week_after"), go: () => go(7) }}
            >
              {dates.week(shown)}
            </Stepper>
          </Group>
        )
      }
    >
      <Loaded query={desk}>
        {(data) => (
          <>
            {earlier && beside ? (
              <Suspense fallback={<Skeleton lines={8} />}>
                <Compare key={`${earlier}-${beside}`} desk={data} id={earlier} beside={beside} />
              </Suspense>
            ) : earlier && earlier !== data.run?.id ? (
              <Earlier key={earlier} desk={data} id={earlier} />
            ) : (
              <DeskOfWeek key={data.week} desk={data} />
            )}
            {listing && <History week={data.week} hubs={data.hubs} onClose={() => setListing(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function DeskOfWeek({ desk }: { desk: Desk }) {
  const t = useText();
  const [choosing, setChoosing] = useState(false);
  const run = desk.run;
  const hubs = desk.hubs.map((hub) => `hub:${hub.id}`).slice(0, 90);
  useLive(run ? [`run:${run.id}`, ...hubs] : hubs);
  const runId = run?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run closes the form it came from
  useEffect(() => setChoosing(false), [runId]);

  if (run && !isOver(run)) return <Running run={run} hubs={desk.hubs} />;
  if (run?.state === "finished" && !choosing) {
    return <Review key={run.id} desk={desk} run={run} onChangeScope={() => setChoosing(true)} />;
  }
  if (desk.hubs.every((hub) => hub.sessions === 0)) {
    return (
      <EmptyState picture="bench" title={t("plan.nothing_title")}>
        {t("plan.nothing")}
      </EmptyState>
    );
  }
  return (
    <>
      {run && run.state !== "finished" && <Ended run={run} />}
      {desk.may_plan ? (
        <Scope desk={desk} onClose={choosing ? () => setChoosing(false) : undefined} />
      ) : (
        <EmptyState picture="bench" title={t("plan.not_planned_yet")} />
      )}
    </>
  );
}
