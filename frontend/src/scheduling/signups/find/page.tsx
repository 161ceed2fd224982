/** Finding a shift: those I can take, day by day; the others folded away, each saying why. */
import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, call } from "@/api/client";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { DayChips, EmptyState, Loaded, localDay, Page, Section, say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { OpenShiftRow, OtherShiftRow } from "../OpenShiftRow";
import type { OpenShift } from "../types";

interface Wish {
  day?: string;
  kind?: string;
  program?: number;
  skill?: number;
  within?: number;
}

/** Minutes of way to choose from. */
const WAYS = [10, 20, 30];

type Which = "open" | "full" | "others";

const DAYS = 7;
const LISTENED = 8;

function useOpenShifts(wish: Wish, which: Which, enabled = true) {
  return useInfiniteQuery({
    queryKey: ["get", "/api/shifts/open", { ...wish, which }, "pages"],
    queryFn: async ({ pageParam }) => {
      const answer = await call.GET("/api/shifts/open", {
        params: { query: { ...wish, which, cursor: pageParam } },
      });
      if (!answer.data) throw answer.error;
      return answer.data;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    enabled,
    meta: { live: ["assignment", "session"] },
  });
}

export default function FindShiftPage() {
  const t = useText();
  const [wish, setWish] = useState<Wish>({});
  return (
    <Page title={t("find.title")} lead={t("find.lead")}>
      <Filters wish={wish} onChange={setWish} />
      <Fitting wish={wish} />
      <Others key={`full ${JSON.stringify(wish)}`} wish={wish} which="full" />
      <Others key={`others ${JSON.stringify(wish)}`} wish={wish} which="others" />
    </Page>
  );
}

function Filters({ wish, onChange }: { wish: Wish; onChange: (wish: Wish) => void }) {
  const t = useText();
  const programs = api.useQuery("get", "/api/shifts/programs", {}, { staleTime: 300_000 }).data ?? [];
  const kinds = [...new Set(programs.map((program) => program.kind))];
  const skills = api.useQuery("get", "/api/volunteers/me", {}, { staleTime: 300_000 }).data?.skills ?? [];
  const any = { value: "", label: t("find.any") };
  const offered = (kind: string) => {
    const group = say(t, "kinds", kind, {}, "kinds.other");
    const ours = programs.filter((program) => program.kind === kind);
    const items = ours.map((program) => ({ value: String(program.id), label: program.name }));
    return { group, items: [{ value: kind, label: t("find.whole_kind", { kind: group }) }, ...items] };
  };
  return (
    <div className={rows.wishes}>
      <DayChips
        label={t("find.day")}
        any={t("find.any_day")}
        days={DAYS}
        value={wish.day}
        onChange={(day) => onChange({ ...wish, day })}
      />
      <div className={rows.filters}>
        <NativeSelect
          label={t("find.program")}
          value={wish.program ?? wish.kind ?? ""}
          onChange={({ currentTarget: { value } }) => {
            const program = Number(value) || undefined;
            onChange({ ...wish, program, kind: program ? undefined : value || undefined });
          }}
          data={[any, ...kinds.map(offered)]}
        />
        <NativeSelect
          label={t("find.way")}
          value={wish.within ?? ""}
          onChange={({ currentTarget: { value } }) => onChange({ ...wish, within: Number(value) || undefined })}
          data={[any, ...WAYS.map((minutes) => ({ value: String(minutes), label: t("find.within", { minutes }) }))]}
        />
        {skills.length > 0 && (
          <NativeSelect
            label={t("find.skill")}
            value={wish.skill ?? ""}
            onChange={({ currentTarget: { value } }) => onChange({ ...wish, skill: Number(value) || undefined })}
            data={[any, ...skills.map((skill) => ({ value: String(skill.id), label: skill.name }))]}
          />
        )}
      </div>
    </div>
  );
}

function byDay(shifts: OpenShift[]): [string, OpenShift[]][] {
  const days = new Map<string, OpenShift[]>();
  for (const shift of shifts) {
    const day = localDay(shift.starts_at);
    days.set(day, [...(days.get(day) ?? []), shift]);
  }
  return [...days];
}

function Fitting({ wish }: { wish: Wish }) {
  const t = useText();
  const dates = useDates();
  const query = useOpenShifts(wish, "open");
  const shifts = query.data?.pages.flatMap((page) => page.shifts) ?? [];
  const hubs = [...new Set(shifts.map((shift) => shift.hub.id))].slice(0, LISTENED);
  useLive(hubs.map((hub) => `hub:${hub}`));
  return (
    <Loaded query={query}>
      {() =>
        shifts.length === 0 ? (
          <EmptyState title={t("find.none")}>{t("find.none_hint")}</EmptyState>
        ) : (
          <>
            {byDay(shifts).map(([day, theirs]) => (
              <Section key={day} title={dates.near(day)}>
                <ul className={rows.list}>
                  {theirs.map((shift) => (
                    <OpenShiftRow key={shift.need} shift={shift} as="day" />
                  ))}
                </ul>
              </Section>
            ))}
            {query.hasNextPage && (
              <Button variant="default" onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
                {t("find.more")}
              </Button>
            )}
          </>
        )
      }
    </Loaded>
  );
}

/** Read only when somebody opens the fold. */
function Others({ wish, which }: { wish: Wish; which: "full" | "others" }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const query = useOpenShifts(wish, which, open);
  const shifts = query.data?.pages.flatMap((page) => page.shifts) ?? [];
  return (
    <details className={rows.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(`find.${which}`)}</summary>
      {open && (
        <Loaded query={query}>
          {() => (
            <>
              {shifts.length === 0 && <p className={rows.soft}>{t(`find.no_${which}`)}</p>}
              <ul className={rows.list}>
                {shifts.map((shift) => (
                  <OtherShiftRow key={shift.need} shift={shift} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button variant="default" onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
                  {t("find.more")}
                </Button>
              )}
            </>
          )}
        </Loaded>
      )}
    </details>
  );
}
