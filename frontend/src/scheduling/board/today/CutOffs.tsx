/** Children's sessions that lack adults near their cut-off: what happens next by itself, and two ways to change that.
 * Those that have a card on the page say it there. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type CutOff = components["schemas"]["CutOffOut"];
const HOURS = 2;

const useCutOffs = () =>
  api.useQuery("get", "/api/cutoffs", {}, { meta: { live: ["cutoff", "assignment", "booking"] } }).data ?? [];

/** `but`: the sessions that have a card. */
export function CutOffs({ but }: { but: ReadonlySet<number> }) {
  const t = useText();
  const found = useCutOffs().filter((one) => !but.has(one.session));
  if (found.length === 0) return null;
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

/** On a session's card: what happens next by itself. */
export function CutOffWords({ session }: { session: number }) {
  const words = useWords();
  const found = useCutOffs().find((one) => one.session === session);
  return found ? <Text size="sm">{words(found)}</Text> : null;
}

/** The same, with the two ways to change it. */
export function CutOffOf({ session }: { session: number }) {
  const words = useWords();
  const found = useCutOffs().find((one) => one.session === session);
  if (!found) return null;
  return (
    <div>
      <Text mb="xs">{words(found)}</Text>
      <Acts cutoff={found} />
    </div>
  );
}

function useWords() {
  const t = useText();
  const dates = useDates();
  return ({ state, next_look: at, silent }: CutOff) =>
    t(`cutoff.${state}`, { next: at ? `${dates.near(at)} ${dates.time(at)}` : "", silent });
}

function OneCutOff({ cutoff }: { cutoff: CutOff }) {
  const t = useText();
  const dates = useDates();
  const words = useWords();
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
      <span className={rows.soft}>{words(cutoff)}</span>
      <Acts cutoff={cutoff} />
    </li>
  );
}

function Acts({ cutoff }: { cutoff: CutOff }) {
  const t = useText();
  const wrong = useErrorText();
  const cache = useQueryClient();
  const after = {
    onSuccess: () => notifyDone(t("cutoff.done")),
    onSettled: () => cache.invalidateQueries({ queryKey: ["get", "/api/cutoffs"] }),
  };
  const extend = api.useMutation("post", "/api/cutoffs/{session_id}/extend", after);
  const stepIn = api.useMutation("post", "/api/cutoffs/{session_id}/step-in", after);
  const path = { path: { session_id: cutoff.session } };
  const error: unknown = extend.error ?? stepIn.error;
  if (!["asking", "calling", "moving"].includes(cutoff.state)) return null;
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          loading={extend.isPending}
          onClick={() => extend.mutate({ params: path, body: { hours: HOURS } })}
          aria-label={t("cutoff.extend_which", { title: cutoff.title, hours: HOURS })}
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
      {error !== null && (
        <span role="alert" className={rows.reason}>
          {wrong(error)}
        </span>
      )}
    </>
  );
}
