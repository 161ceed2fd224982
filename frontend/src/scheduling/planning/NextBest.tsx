/** Why this person and not the next best: what each costs the plan, term by term, where they differ. */
import { Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton, say } from "@/ui";
import styles from "./planning.module.css";
import type { Row } from "./types";
import { useProposal } from "./useProposal";

export function NextBest({ row, need }: { row: Row; need: number }) {
  const t = useText();
  const { run } = useProposal();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/needs/{need_id}/why",
    { params: { path: { run_id: run.id, need_id: need }, query: { volunteer: row.volunteer } } },
    { meta: { live: ["proposal", "run"] } },
  );
  return (
    <div>
      <Text component="h3" fw={600}>
        {t("plan.next_best")}
      </Text>
      <Loaded query={found} skeleton={<Skeleton lines={2} />}>
        {({ terms, next_best: next, next_terms }) => {
          if (!next) return <Text>{t("plan.next_nobody")}</Text>;
          const telling = Object.keys(terms).filter((term) => terms[term] !== next_terms[term]);
          if (telling.length === 0) return <Text>{t("plan.next_alike", { name: next.name })}</Text>;
          return (
            <>
              <Text>{t("plan.next_is", { name: next.name })}</Text>
              <table className={styles.terms}>
                <caption>{t("plan.terms_mean")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("plan.points")}</th>
                    <th scope="col">{row.name}</th>
                    <th scope="col">{next.name}</th>
                  </tr>
                </thead>
                <tbody>
                  {telling.map((term) => (
                    <tr key={term}>
                      <th scope="row">{say(t, "plan_term", term, {}, "plan_term.other")}</th>
                      <td>{terms[term]}</td>
                      <td>{next_terms[term]}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
