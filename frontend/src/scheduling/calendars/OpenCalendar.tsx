/** Of a hub one coordinates: the calendar that everybody may read, and the poster that says so at the door. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./calendars.module.css";
import type { OpenHub } from "./types";

const LIST = "/api/open-calendars";

export function useOpenHubs(enabled: boolean) {
  return api.useQuery("get", LIST, {}, { enabled });
}

export function OpenCalendar({ hub }: { hub: OpenHub }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);
  const onSettled = () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === LIST });
  const open = api.useMutation("put", "/api/hubs/{hub_id}/open-calendar", { onSettled });
  const close = api.useMutation("delete", "/api/hubs/{hub_id}/open-calendar", {
    onSuccess: () => setAsked(false),
    onSettled,
  });
  const params = { path: { hub_id: hub.hub_id } };
  const error: unknown = open.error;
  return (
    <section className={styles.card} aria-label={t("open.title")}>
      <h3 className={styles.heading}>{t("open.title")}</h3>
      <p className={rows.soft}>{t("open.what")}</p>
      {hub.since === null ? (
        <div className={styles.actions}>
          <Button variant="default" loading={open.isPending} onClick={() => open.mutate({ params })}>
            {t("open.open")}
          </Button>
        </div>
      ) : (
        <>
          <p className={styles.strong}>
            <Icon name="check" /> {t("open.since", { day: dates.near(hub.since) })}
          </p>
          <div className={styles.actions}>
            <Button
              component={Link}
              to={`/open/poster?hub=${hub.hub_id}`}
              variant="default"
              leftSection={<Icon name="print" />}
            >
              {t("open.poster")}
            </Button>
            <Button component={Link} to={hub.path} variant="default">
              {t("open.look")}
            </Button>
            <Button variant="default" onClick={() => setAsked(true)}>
              {t("open.close")}
            </Button>
          </div>
        </>
      )}
      {error !== null && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("open.close_title")}
        consequence={t("open.close_consequence")}
        verb={t("open.close")}
        onConfirm={() => close.mutate({ params })}
        busy={close.isPending}
        error={close.error === null ? undefined : words(close.error)}
      />
    </section>
  );
}
