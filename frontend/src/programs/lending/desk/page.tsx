/** 图书管理: a book is added first; below, the stickers, and what is damaged or lost. */
import { Button, Group, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { EmptyState, Loaded, Page, Pager, Section } from "@/ui";
import { CopyLine } from "../CopyLine";
import styles from "../lending.module.css";
import type { CopyState } from "../types";
import { AddBook } from "./AddBook";
import { Stickers } from "./Stickers";

const COPIES = 50;
const states: CopyState[] = ["damaged", "lost", "lent", "set_aside", "on_shelf", "withdrawn"];

export default function BookDeskPage() {
  const t = useText();
  const [chosen, setChosen] = useState<number>();
  const desk = api.useQuery(
    "get",
    "/api/books/desk",
    { params: { query: { hub_id: chosen } } },
    { meta: { live: ["books"] } },
  );
  const hubs = desk.data?.hubs ?? [];
  const hub = chosen ?? hubs[0]?.id;
  useLive(hub ? [`hub:${hub}`] : []);
  return (
    <Page
      title={t("desk.title")}
      lead={t("desk.lead")}
      actions={
        <Group gap="sm">
          <Button component={Link} to="/books/counter">
            {t("desk.counter")}
          </Button>
          <Button component={Link} to="/books/all" variant="default">
            {t("desk.find")}
          </Button>
          <Button component={Link} to="/books/import" variant="default">
            {t("desk.import")}
          </Button>
        </Group>
      }
    >
      <Loaded query={desk}>
        {(figures) =>
          hub === undefined ? (
            <EmptyState picture="snail" title={t("desk.no_hub")}>
              {t("desk.no_hub_hint")}
            </EmptyState>
          ) : (
            <>
              {hubs.length > 1 && (
                <NativeSelect
                  label={t("desk.hub")}
                  value={hub}
                  onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
                  data={hubs.map((one) => ({ value: String(one.id), label: one.name }))}
                />
              )}
              <dl className={styles.figures}>
                {(["titles", "copies", "on_shelf", "lent", "set_aside", "damaged", "lost"] as const).map((name) => (
                  <div key={name}>
                    <dt>{t(`figure.${name}`)}</dt>
                    <dd>{figures[name]}</dd>
                  </div>
                ))}
              </dl>
              <AddBook hub={hub} />
              <Stickers hub={hub} />
              <HubCopies hub={hub} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function HubCopies({ hub }: { hub: number }) {
  const t = useText();
  const [state, setState] = useState<CopyState>("damaged");
  const [skip, setSkip] = useState(0);
  const query = { hub_id: hub, state, skip };
  const copies = api.useQuery("get", "/api/copies", { params: { query } }, { meta: { live: ["books"] } });
  return (
    <Section title={t("desk.copies")}>
      <NativeSelect
        label={t("desk.state")}
        value={state}
        onChange={({ currentTarget: { value } }) => {
          setState(value as CopyState);
          setSkip(0);
        }}
        data={states.map((one) => ({ value: one, label: t(`copy.${one}`) }))}
      />
      <Loaded query={copies}>
        {({ rows, more }) => (
          <>
            {rows.length === 0 ? (
              <p className={styles.soft}>{t("desk.no_copies")}</p>
            ) : (
              <ul className={styles.lines}>
                {rows.map((copy) => (
                  <CopyLine key={copy.id} copy={copy} named />
                ))}
              </ul>
            )}
            <Pager skip={skip} size={COPIES} more={more} onSkip={setSkip} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
