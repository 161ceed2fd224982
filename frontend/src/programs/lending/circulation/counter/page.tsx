/** 借还台: scan after scan. What is out comes back, what is in goes to whoever stands there; below, the shelves to see to. */
import { NativeSelect, SegmentedControl, Tabs } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { EmptyState, Loaded, Page } from "@/ui";
import type { DeskReader } from "../types";
import { KeptShelf } from "./KeptShelf";
import { OutList } from "./OutList";
import { ReaderChoice } from "./ReaderChoice";
import { Scanning } from "./Scanning";

export type Mode = "lend" | "brought";
export type Chosen = { reader: DeskReader; said: string };

export default function CounterPage() {
  const t = useText();
  const [chosen, setChosen] = useState<number>();
  const hubs = api.useQuery("get", "/api/lending/hubs", {});
  const hub = chosen ?? hubs.data?.[0]?.id;
  useLive(hub ? [`hub:${hub}`] : []);
  return (
    <Page
      title={t("counter.title")}
      lead={t("counter.lead")}
      actions={<Link to="/books/desk">{t("counter.desk")}</Link>}
    >
      <Loaded query={hubs}>
        {(all) =>
          hub === undefined ? (
            <EmptyState picture="snail" title={t("counter.no_hub")}>
              {t("counter.no_hub_hint")}
            </EmptyState>
          ) : (
            <>
              {all.length > 1 && (
                <NativeSelect
                  label={t("counter.hub")}
                  value={hub}
                  onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
                  data={all.map((one) => ({ value: String(one.id), label: one.name }))}
                />
              )}
              <AtHub key={hub} hub={hub} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function AtHub({ hub }: { hub: number }) {
  const t = useText();
  const [mode, setMode] = useState<Mode>("lend");
  const [reader, setReader] = useState<Chosen>();
  return (
    <>
      <SegmentedControl
        aria-label={t("counter.mode")}
        value={mode}
        onChange={(value) => setMode(value as Mode)}
        data={[
          { value: "lend", label: t("counter.mode_lend") },
          { value: "brought", label: t("counter.mode_brought") },
        ]}
      />
      <ReaderChoice hub={hub} chosen={reader} onChoose={setReader} />
      <Scanning hub={hub} mode={mode} chosen={reader} />
      <Tabs defaultValue="kept" keepMounted={false}>
        <Tabs.List aria-label={t("counter.shelves")}>
          <Tabs.Tab value="kept">{t("counter.kept")}</Tabs.Tab>
          <Tabs.Tab value="late">{t("counter.late")}</Tabs.Tab>
          <Tabs.Tab value="out">{t("counter.out")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="kept" pt="md">
          <KeptShelf hub={hub} />
        </Tabs.Panel>
        <Tabs.Panel value="late" pt="md">
          <OutList hub={hub} late />
        </Tabs.Panel>
        <Tabs.Panel value="out" pt="md">
          <OutList hub={hub} late={false} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
