/** 预留架: what lies ready for whom and until when, and what is still being brought. */
import { Button, Group } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../circulation.module.css";
import type { DeskHold } from "../types";
import { useRefreshBooks } from "../useRefreshBooks";

export function KeptShelf({ hub }: { hub: number }) {
  const t = useText();
  const params = { path: { hub_id: hub } };
  const kept = api.useQuery("get", "/api/lending/hubs/{hub_id}/holds", { params }, { meta: { live: ["books"] } });
  return (
    <Loaded query={kept}>
      {(holds) =>
        holds.length === 0 ? (
          <EmptyState picture="snail" title={t("counter.nothing_kept")}>
            {t("counter.nothing_kept_hint")}
          </EmptyState>
        ) : (
          <ul className={styles.lines}>
            {holds.map((hold) => (
              <KeptLine key={hold.id} hold={hold} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function KeptLine({ hold }: { hold: DeskHold }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const arrive = api.useMutation("post", "/api/lending/holds/{hold_id}/arrive", { onSettled: refresh });
  const miss = api.useMutation("post", "/api/lending/holds/{hold_id}/miss", { onSettled: refresh });
  const error: unknown = arrive.error ?? miss.error;
  const path = { params: { path: { hold_id: hold.id } } };
  const traveling = hold.state === "traveling";
  return (
    <li className={styles.line}>
      <span className={styles.about}>
        <span className={styles.name}>{hold.book.name}</span>
        <span>{t("counter.for", { name: hold.reader, sticker: hold.sticker })}</span>
        <span className={styles.stand} data-how={traveling ? undefined : "ready"}>
          <Icon name={traveling ? "today" : "check"} />
          {traveling
            ? t("held.traveling")
            : hold.session
              ? t("held.at_session", { when: dates.near(hold.session.starts_at), program: hold.session.program })
              : t("held.ready", { day: dates.day(hold.fetch_by ?? "") })}
        </span>
        {error !== null && (
          <span role="alert" className={rows.error}>
            {words(error)}
          </span>
        )}
      </span>
      <Group gap="sm">
        {traveling && (
          <Button loading={arrive.isPending} onClick={() => arrive.mutate(path)}>
            {t("counter.arrived")}
          </Button>
        )}
        <Button
          variant="default"
          loading={miss.isPending}
          onClick={() => miss.mutate({ ...path, body: { damaged: false } })}
        >
          {t("counter.missing")}
        </Button>
      </Group>
    </li>
  );
}
