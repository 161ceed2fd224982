/** What is closed, opening it early, and closing a room or the whole site for a while. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Loaded, notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { CloseForm } from "./CloseForm";
import type { Closure, Place } from "./types";
import { useClosures } from "./useClosures";

export function Closures({ site }: { site: Place }) {
  const t = useText();
  const [closing, setClosing] = useState(false);
  const query = useClosures({ hub: site.id });
  return (
    <Section title={t("closures.title")}>
      <Loaded query={query}>
        {(closures) =>
          closures.length === 0 ? (
            <Text c="dimmed">{t("closures.none")}</Text>
          ) : (
            <ul className={rows.list}>
              {closures.map((one) => (
                <One key={one.id} closure={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {closing ? (
        <CloseForm site={site} onDone={() => setClosing(false)} />
      ) : (
        <Group>
          <Button onClick={() => setClosing(true)}>{t("closures.close")}</Button>
        </Group>
      )}
    </Section>
  );
}

function One({ closure }: { closure: Closure }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);
  const lift = api.useMutation("post", "/api/closures/{closure_id}/lift", {
    onSuccess: async () => {
      setAsked(false);
      await cache.invalidateQueries({ queryKey: ["get", "/api/closures"] });
      notifyDone(t("closures.lifted"));
    },
  });
  const place = closure.room_name || t("closures.whole_site");
  const when = dates.span(closure.starts_at, closure.ends_at);
  return (
    <li className={rows.row}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span className={rows.facts}>
          <span className={rows.name}>{place}</span>
          <span className={rows.told}>
            <StateMark state="cancelled">{t("closures.closed")}</StateMark>
            <span>{when}</span>
          </span>
          <span className={rows.soft}>{closure.reason}</span>
        </span>
        {closure.editable && (
          <Button
            variant="default"
            flex="none"
            aria-label={t("closures.lift_which", { place, when })}
            onClick={() => setAsked(true)}
          >
            {t("closures.lift")}
          </Button>
        )}
      </Group>
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => setAsked(false)}
          title={t("closures.lift_title", { place })}
          consequence={t("closures.lift_means")}
          verb={t("closures.lift")}
          onConfirm={() => lift.mutate({ params: { path: { closure_id: closure.id } } })}
          busy={lift.isPending}
          error={lift.error ? words(lift.error) : undefined}
        />
      )}
    </li>
  );
}
