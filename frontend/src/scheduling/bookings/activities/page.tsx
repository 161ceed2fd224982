/** 活动报名: what the children may join, day by day; one tap books all who fit. */
import { Button, Chip, NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "@/api/client";
import { useText } from "@/i18n";
import { DayChips, EmptyState, Loaded, localDay, Page, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { NoChildren } from "../NoChildren";
import { givenName } from "../names";
import type { Activity, Child } from "../types";
import { useFamilyNews } from "../useFamily";
import { ActivityRow } from "./ActivityRow";
import { Together } from "./Together";
import { useSites, useUsualFirst } from "./useSites";

interface Wish {
  day?: string;
  hub?: number;
  child?: number;
}

const DAYS = 14;
/** Other families' bookings are theirs: places left are asked for, not told. */
const PLACES_EVERY = 20_000;

function useActivities(wish: Wish) {
  useFamilyNews();
  return useInfiniteQuery({
    queryKey: ["get", "/api/activities", wish],
    queryFn: async ({ pageParam }) => {
      const answer = await call.GET("/api/activities", { params: { query: { ...wish, cursor: pageParam } } });
      if (!answer.data) throw answer.error;
      return answer.data;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    refetchInterval: PLACES_EVERY,
    placeholderData: (before) => before,
    meta: { live: ["booking", "session"] },
  });
}

export default function ActivitiesPage() {
  const t = useText();
  const [wish, setWish] = useState<Wish>({});
  const [all, setAll] = useState(false);
  const query = useActivities(wish);
  const pages = query.data?.pages ?? [];
  const children = pages[0]?.children ?? [];
  return (
    <Page title={t("activities.title")} lead={t("activities.lead")}>
      <Filters wish={wish} onChange={setWish} family={children} all={all} onAll={setAll} />
      {all && <Together day={wish.day} hub={wish.hub} />}
      {!all && <Activities query={query} />}
    </Page>
  );
}

function Activities({ query }: { query: ReturnType<typeof useActivities> }) {
  const t = useText();
  const pages = query.data?.pages ?? [];
  const children = pages[0]?.children ?? [];
  const activities = pages.flatMap((page) => page.activities);
  return (
    <Loaded query={query}>
      {() =>
        children.length === 0 ? (
          <NoChildren />
        ) : activities.length === 0 ? (
          <EmptyState title={t("activities.none")}>{t("activities.none_hint")}</EmptyState>
        ) : (
          <>
            <Days activities={activities} family={children} />
            {query.hasNextPage && (
              <Button variant="default" onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
                {t("activities.more")}
              </Button>
            )}
          </>
        )
      }
    </Loaded>
  );
}

function Days({ activities, family }: { activities: Activity[]; family: Child[] }) {
  const dates = useDates();
  const usualFirst = useUsualFirst();
  const days = new Map<string, Activity[]>();
  for (const activity of usualFirst(activities, (one) => one.session)) {
    const day = localDay(activity.session.starts_at);
    days.set(day, [...(days.get(day) ?? []), activity]);
  }
  return [...days].map(([day, theirs]) => (
    <Section key={day} title={dates.near(day)}>
      <ul className={rows.list}>
        {theirs.map((activity) => (
          <ActivityRow key={activity.session.id} activity={activity} family={family} />
        ))}
      </ul>
    </Section>
  ));
}

interface FiltersProps {
  wish: Wish;
  onChange: (wish: Wish) => void;
  family: Child[];
  /** Only what fits all children on one way. */
  all: boolean;
  onAll: (all: boolean) => void;
}

function Filters({ wish, onChange, family, all, onAll }: FiltersProps) {
  const t = useText();
  const hubs = useSites();
  const any = { value: "", label: t("activities.any") };
  return (
    <div className={rows.wishes}>
      <DayChips
        label={t("activities.day")}
        any={t("activities.any_day")}
        days={DAYS}
        value={wish.day}
        onChange={(day) => onChange({ ...wish, day })}
      />
      <div className={rows.filters}>
        <NativeSelect
          label={t("activities.hub")}
          value={wish.hub ?? ""}
          onChange={({ currentTarget: { value } }) => onChange({ ...wish, hub: Number(value) || undefined })}
          data={[any, ...hubs.map((hub) => ({ value: String(hub.id), label: hub.name }))]}
        />
        {family.length > 1 && !all && (
          <NativeSelect
            label={t("activities.child")}
            value={wish.child ?? ""}
            onChange={({ currentTarget: { value } }) => onChange({ ...wish, child: Number(value) || undefined })}
            data={[any, ...family.map((child) => ({ value: String(child.id), label: givenName(child.name) }))]}
          />
        )}
      </div>
      {family.length > 1 && (
        <Chip checked={all} onChange={onAll} vars={() => ({ root: { "--chip-size": "var(--target)" } })}>
          {t("activities.all_children")}
        </Chip>
      )}
    </div>
  );
}
