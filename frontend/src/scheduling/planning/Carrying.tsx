/** 谁来得多: what each carries this week beside what they wish and what they carried before. */
import { NativeSelect, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton } from "@/ui";
import { barOf, inOrder, type Order, orders } from "./carrying";
import { LongList } from "./LongList";
import styles from "./planning.module.css";
import type { Carrier } from "./types";
import { useMost, useProposal } from "./useProposal";
import { WishFor } from "./WishFor";

const STEP = 60;

export function Carrying({ wanted }: { wanted: string }) {
  const { run } = useProposal();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/fairness",
    { params: { path: { run_id: run.id } } },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {({ people }) => <List people={people} wanted={wanted} />}
    </Loaded>
  );
}

function List({ people, wanted }: { people: Carrier[]; wanted: string }) {
  const t = useText();
  const { run } = useProposal();
  const [order, setOrder] = useState<Order>("most");
  const [most, more] = useMost(STEP);
  const found = useMemo(
    () => inOrder(people, order).filter((person) => person.name.includes(wanted)),
    [people, order, wanted],
  );
  return (
    <Stack gap="md">
      <NativeSelect
        className={styles.search}
        label={t("plan.order")}
        value={order}
        onChange={(event) => setOrder(event.currentTarget.value as Order)}
        data={orders.map((one) => ({ value: one, label: t(`plan_order.${one}`) }))}
      />
      <LongList items={found.slice(0, most)} count={found.length} onMore={more} none={t("plan.nobody_found")}>
        {(person) => (
          <li key={person.volunteer} className={styles.carrier}>
            <Text fw={600}>{person.name}</Text>
            <Bar person={person} />
            <Facts person={person} />
            {run.may_edit && <WishFor volunteer={person.volunteer} name={person.name} wish={person.wish} />}
          </li>
        )}
      </LongList>
    </Stack>
  );
}

/** A square a place: full ones are this week's, hollow ones what is left. The words beside it say the same. */
function Bar({ person }: { person: Carrier }) {
  const { taken, left } = barOf(person);
  const squares = [...Array(taken).fill(true), ...Array(left).fill(false)].slice(0, 14);
  return (
    <span className={styles.bar} aria-hidden="true">
      {squares.map((full, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a square is nothing but its place
        <span key={index} data-full={full || undefined} />
      ))}
    </span>
  );
}

function Facts({ person }: { person: Carrier }) {
  const t = useText();
  const facts = [
    person.wish === null
      ? person.limit === null
        ? t("plan.carries", { n: person.places })
        : t("plan.carries_of", { n: person.places, limit: person.limit })
      : t("plan.carries_wishes", { n: person.places, wish: person.wish }),
    t("plan.carried", { n: person.history }),
  ];
  const unpopular = person.unpopular + person.unpopular_before;
  if (unpopular > 0) facts.push(t("plan.carries_unpopular", { n: unpopular }));
  const weeks = person.weeks_since_asked;
  facts.push(weeks === null ? t("plan.not_asked") : t("plan.asked_weeks_ago", { n: weeks }));
  return (
    <Text size="sm" c="dimmed" className={styles.facts}>
      {facts.join(t("plan.comma"))}
    </Text>
  );
}
