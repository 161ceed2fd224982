/** 蜗牛的路: how far a child's books have brought the snail. One's own alone, on the phone and on paper. */
import { NativeSelect } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { EmptyState, Loaded, useDates } from "@/ui";
import { Paper, PaperHead, PaperPage, PaperTools } from "@/ui/PaperPage";
import type { SnailOf } from "../types";
import { SnailMap } from "./Map";
import styles from "./snail.module.css";
import { useTownName } from "./useTownName";

const HOME = "/books/mine";

export default function SnailPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const snails = api.useQuery("get", "/api/lending/snails", {}, { meta: { live: ["books"] } });
  return (
    <PaperPage title={t("snail.title")}>
      <Loaded query={snails}>
        {(all) => {
          const chosen = all.find((one) => one.id === Number(search.get("child"))) ?? all[0];
          if (!chosen) {
            return (
              <EmptyState
                order={1}
                picture="snail"
                title={t("snail.no_child")}
                action={<Link to={HOME}>{t("snail.back")}</Link>}
              />
            );
          }
          return (
            <>
              <PaperTools back={t("snail.back")} to={HOME}>
                {all.length > 1 && (
                  <NativeSelect
                    aria-label={t("snail.whose")}
                    value={chosen.id}
                    onChange={(event) => setSearch({ child: event.currentTarget.value }, { replace: true })}
                    data={all.map((one) => ({ value: String(one.id), label: one.name }))}
                  />
                )}
              </PaperTools>
              <Sheet key={chosen.id} of={chosen} />
            </>
          );
        }}
      </Loaded>
    </PaperPage>
  );
}

function Sheet({ of }: { of: SnailOf }) {
  const t = useText();
  const dates = useDates();
  const townName = useTownName();
  const { snail, steps, name } = of;
  return (
    <Paper>
      <PaperHead>
        <h1>{t("snail.of", { name })}</h1>
        <p>
          {t("snail.at", { town: townName(snail.place) })} {t("snail.to_next", { points: snail.to_next })}
        </p>
        {snail.rounds > 0 && <p>{t("snail.rounds", { rounds: snail.rounds })}</p>}
        {steps.length === 0 && <p>{t("snail.how")}</p>}
      </PaperHead>
      <SnailMap snail={snail} name={name} />
      {steps.length > 0 && (
        <ul className={styles.steps} aria-label={t("snail.steps")}>
          {steps.map((step) => (
            <li key={`${step.at} ${step.reason} ${step.book}`}>
              <span>
                {t(`snail.by_${step.reason}`, { book: step.book })}{" "}
                <span className={styles.soft}>{dates.day(step.at)}</span>
              </span>
              <span>{t("snail.points", { points: step.points })}</span>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
