/** 共读足迹: what a child has read here, as a trail to keep, on the phone and on paper. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded } from "@/ui";
import { Paper, PaperHead, PaperPage, PaperTools } from "@/ui/PaperPage";
import type { Keepsake } from "../types";
import { Scene } from "./Scene";
import { Trail } from "./Trail";

const HOME = "/family";

export default function KeepsakePage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const family = api.useQuery("get", "/api/family", {});
  const asked = Number(search.get("child")) || undefined;
  return (
    <PaperPage title={t("keepsake.title")}>
      <Loaded query={family}>
        {({ children }) => {
          const child = asked ?? children[0]?.id;
          if (!child)
            return (
              <EmptyState
                order={1}
                title={t("keepsake.no_child")}
                action={<Link to={HOME}>{t("keepsake.back")}</Link>}
              />
            );
          return (
            <OneKeepsake key={child} child={child}>
              {children.length > 1 && (
                <NativeSelect
                  aria-label={t("keepsake.whose")}
                  value={child}
                  onChange={(event) => setSearch({ child: event.currentTarget.value }, { replace: true })}
                  data={children.map((one) => ({ value: String(one.id), label: one.name }))}
                />
              )}
            </OneKeepsake>
          );
        }}
      </Loaded>
    </PaperPage>
  );
}

function OneKeepsake({ child, children }: { child: number; children: React.ReactNode }) {
  const t = useText();
  const [named, name] = useState(true);
  const keepsake = api.useQuery(
    "get",
    "/api/reading/children/{child_id}",
    { params: { path: { child_id: child } } },
    { meta: { live: ["reading"] } },
  );
  return (
    <>
      <PaperTools back={t("keepsake.back")} to={HOME}>
        {children}
        <Checkbox
          label={t("keepsake.with_name")}
          checked={named}
          onChange={(event) => name(event.currentTarget.checked)}
        />
      </PaperTools>
      <Loaded query={keepsake}>{(data) => <Sheet keepsake={data} named={named} />}</Loaded>
    </>
  );
}

function Sheet({ keepsake, named }: { keepsake: Keepsake; named: boolean }) {
  const t = useText();
  const { name, logs, books, pages } = keepsake;
  return (
    <Paper>
      <PaperHead>
        <Scene />
        <h1>{named ? t("keepsake.of", { name }) : t("keepsake.title")}</h1>
        {logs.length > 0 && (
          <p>
            {t("keepsake.sum", { times: logs.length, books })}
            {pages > 0 && t("keepsake.sum_pages", { pages })}
          </p>
        )}
      </PaperHead>
      {logs.length === 0 ? (
        <EmptyState picture="snail" title={t("keepsake.empty")}>
          {t("keepsake.empty_hint")}
        </EmptyState>
      ) : (
        <Trail logs={logs} />
      )}
    </Paper>
  );
}
