/** 蜗牛的路: how far a child's books have brought the snail. One's own alone, on the phone and on paper. */
import { Button, NativeSelect } from "@mantine/core";
import { useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, useDates } from "@/ui";
import type { SnailOf } from "../types";
import { SnailMap } from "./Map";
import styles from "./snail.module.css";
import { useTownName } from "./useTownName";

export default function SnailPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const snails = api.useQuery("get", "/api/lending/snails", {}, { meta: { live: ["books"] } });
  useEffect(() => {
    document.title = `${t("snail.title")} \u00b7 ${t("ui.product")}`;
  }, [t]);
  return (
    <main className={styles.page}>
      <Loaded query={snails}>
        {(all) => {
          const chosen = all.find((one) => one.id === Number(search.get("child"))) ?? all[0];
          if (!chosen) {
            return <EmptyState order={1} picture="snail" title={t("snail.no_child")} action={<Back />} />;
          }
          return (
            <>
              <div className={styles.tools} data-no-print>
                <Back />
                {all.length > 1 && (
                  <NativeSelect
                    aria-label={t("snail.whose")}
                    value={chosen.id}
                    onChange={(event) => setSearch({ child: event.currentTarget.value }, { replace: true })}
                    data={all.map((one) => ({ value: String(one.id), label: one.name }))}
                  />
                )}
                <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
                  {t("snail.print")}
                </Button>
              </div>
              <Sheet key={chosen.id} of={chosen} />
            </>
          );
        }}
      </Loaded>
    </main>
  );
}

function Back() {
  const t = useText();
  return <Link to="/books/mine">{t("snail.back")}</Link>;
}

function Sheet({ of }: { of: SnailOf }) {
  const t = useText();
  const dates = useDates();
  const townName = useTownName();
  const { snail, steps, name } = of;
  return (
    <article className={styles.sheet}>
      <header className={styles.head}>
        <h1>{t("snail.of", { name })}</h1>
        <p>
          {t("snail.at", { town: townName(snail.place) })} {t("snail.to_next", { points: snail.to_next })}
        </p>
        {snail.rounds > 0 && <p>{t("snail.rounds", { rounds: snail.rounds })}</p>}
      </header>
      <SnailMap snail={snail} name={name} />
      {steps.length === 0 ? (
        <p className={styles.head}>{t("snail.how")}</p>
      ) : (
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
    </article>
  );
}
