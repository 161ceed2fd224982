/** On a book's page, for families: 预借 at a site that has it, for one reader, fetched there or at the next session. */
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { useLive } from "@/live";
import { Loaded, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./circulation.module.css";
import { HoldLine } from "./HoldLine";
import { useRefreshBooks } from "./useRefreshBooks";

export default function HoldBox({ title }: { title: number }) {
  const person = useMe().data?.person?.id;
  useLive(person ? [`person:${person}`] : []);
  const path = { params: { path: { title_id: title } } };
  const found = api.useQuery("get", "/api/lending/titles/{title_id}", path, { meta: { live: ["books"] } });
  return (
    <Loaded query={found}>
      {(data) => (
        <>
          {data.holds.length > 0 && (
            <ul className={styles.lines}>
              {data.holds.map((hold) => (
                <HoldLine key={hold.id} hold={hold} />
              ))}
            </ul>
          )}
          <Ask key={data.holds.length} title={title} {...data} readers={stillWithout(data)} />
        </>
      )}
    </Loaded>
  );
}

type Found = components["schemas"]["TitleForMeOut"];

/** Nobody asks twice. */
const stillWithout = ({ readers, holds }: Found) =>
  readers.filter((reader) => !holds.some((hold) => hold.reader === reader.id));

function Ask({ title, hubs, readers }: Found & { title: number }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const houses = hubs.filter((one) => one.copies > 0);
  const [hub, setHub] = useState(houses.find((one) => one.on_shelf > 0)?.hub.id ?? houses[0]?.hub.id ?? 0);
  const [reader, setReader] = useState(readers[0]?.id ?? 0);
  const [withSession, setWithSession] = useState(false);
  const ask = api.useMutation("post", "/api/lending/titles/{title_id}/holds", {
    onSuccess: (hold) => notifyDone(t(hold.state === "ready" ? "held.done_ready" : "held.done_waiting")),
    onSettled: refresh,
  });
  const error: unknown = ask.error;
  if (houses.length === 0 || readers.length === 0) return null;
  const house = houses.find((one) => one.hub.id === hub);
  const child = readers.find((one) => one.id === reader)?.child;
  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        const body = { hub, reader, with_session: withSession && Boolean(child) };
        ask.mutate({ params: { path: { title_id: title } }, body });
      }}
    >
      {readers.length > 1 && (
        <NativeSelect
          label={t("held.for_whom")}
          value={reader}
          onChange={({ currentTarget: { value } }) => setReader(Number(value))}
          data={readers.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
      {houses.length > 1 && (
        <NativeSelect
          label={t("held.where")}
          value={hub}
          onChange={({ currentTarget: { value } }) => setHub(Number(value))}
          data={houses.map((one) => ({ value: String(one.hub.id), label: one.hub.name }))}
        />
      )}
      {child && (
        <Checkbox
          label={t("held.with_session")}
          checked={withSession}
          onChange={({ currentTarget: { checked } }) => setWithSession(checked)}
        />
      )}
      {house && (
        <span className={rows.soft}>
          {house.on_shelf > 0 ? t("held.on_shelf") : t("held.line", { ahead: house.waiting })}
        </span>
      )}
      {error !== null && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      <Button type="submit" loading={ask.isPending}>
        {t("held.ask")}
      </Button>
    </form>
  );
}
