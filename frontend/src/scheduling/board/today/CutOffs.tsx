/** Children's sessions that lack adults near their cut-off: what happens next by itself, and two ways to change that. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type CutOff = components["schemas"]["CutOffOut"];
const HOURS = 2;

export function CutOffs() {
  const t = useText();
  const found = api.useQuery("get", "/api/cutoffs", {}, { meta: { live: ["cutoff", "assignment", "booking"] } }).data;
  if (!found?.length) return null;
  return (
    <Section title={t("cutoff.title")}>
      <ul className={rows.list}>
        {found.map((one) => (
          <OneCutOff key={one.session} cutoff={one} />
        ))}
      </ul>
    </Section>
  );
}

function OneCutOff({ cutoff }: { cutoff: CutOff }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const after = {
    onSuccess: () => notifyDone(t("cutoff.done")),
    onSettled: () => cache.invalidateQueries({ queryKey: ["get", "/api/cutoffs"] }),
  };
  const extend = api.useMutation("post", "/api/cutoffs/{session_id}/extend", after);
  const stepIn = api.useMutation("post", "/api/cutoffs/{session_id}/step-in", after);
  const path = { path: { session_id: cutoff.session } };
  const error: unknown = extend.error ?? stepIn.error;
  const running = cutoff.state === "calling" || cutoff.state === "moving";
  const next = cutoff.next_look ? `${dates.near(cutoff.next_look)} ${dates.time(cutoff.next_look)}` : "";
  const { lacking, families, children } = cutoff;
  return (
    <li className={rows.row}>
      <span className={rows.facts}>
        <span className={rows.name}>
          {dates.nearSpan(cutoff.starts_at, cutoff.ends_at)} {cutoff.title}
        </span>
        <span className={rows.soft}>{cutoff.hub}</span>
      </span>
      {cutoff.state !== "cancelled" && (
        <StateMark state="short">{t("cutoff.lacking", { lacking, families, children })}</StateMark>
      )}
      <span className={rows.soft}>{t(`cutoff.${cutoff.state}`, { next })}</span>
      {running && (
        <Group gap="xs">
          <Button
            variant="default"
            loading={extend.isPending}
            onClick={() => extend.mutate({ params: path, body: { hours: HOURS } })}
            aria-label={t("cutoff.extend_which", { title: cutoff.title })}
          >
            {t("cutoff.extend", { hours: HOURS })}
          </Button>
          <Button
            variant="default"
            loading={stepIn.isPending}
            onClick={() => stepIn.mutate({ params: path })}
            aria-label={t("cutoff.step_in_which", { title: cutoff.title })}
          >
            {t("cutoff.step_in")}
          </Button>
        </Group>
      )}
      {error !== null && (
        <span role="alert" className={rows.reason}>
          {words(error)}
        </span>
      )}
    </li>
  );
}
