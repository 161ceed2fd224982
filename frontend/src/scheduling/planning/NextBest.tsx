/** Who would come next if this person did not: the planner's order, asked for when a place is opened. */
import { Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton } from "@/ui";
import { useLookup } from "./lookup";
import type { Row } from "./types";
import { useWhy } from "./why";

export function NextBest({ row }: { row: Row }) {
  const t = useText();
  const why = useWhy();
  const { run } = useLookup();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/needs/{need_id}/candidates",
    { params: { path: { run_id: run.id, need_id: row.need }, query: { instead: row.volunteer } } },
    { meta: { live: ["proposal"] } },
  );
  return (
    <div>
      <Text component="h3" fw={600}>
        {t("plan.next_best")}
      </Text>
      <Loaded query={found} skeleton={<Skeleton lines={1} />}>
        {({ free, free_count, volunteers }) => {
          const next = free[0];
          const name = volunteers.find((person) => person.id === next?.volunteer)?.name;
          if (!next || !name) return <Text>{t("plan.next_nobody")}</Text>;
          return (
            <Text>
              {t("plan.next_is", { name, why: next.why.slice(0, 2).map(why).join(t("plan.comma")) })}{" "}
              {free_count > 1 && t("plan.next_more", { n: free_count - 1 })}
            </Text>
          );
        }}
      </Loaded>
    </div>
  );
}
