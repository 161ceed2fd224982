/** 打电话找人: who was asked and is silent first, then who could be asked; a tap dials, another writes the answer down. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Call } from "@/scheduling/board/PlacePerson";
import { useWhyNotThem, useWhyThem } from "@/scheduling/board/whyThem";
import { Icon, Loaded, notifyDone, StateMark, useDates } from "@/ui";
import { Sheet } from "@/ui/Sheet";
import styles from "./callouts.module.css";
import { Search } from "./SearchLine";
import type { Asked, CallList as Found, Outcome } from "./types";
import { useRefreshSearch } from "./useCallOuts";

export interface CallListProps {
  need: number;
  session: { title: string; starts_at: string; ends_at: string };
  onClose: () => void;
  /** The planner's way out, for whoever may take it. */
  onRepair?: (() => void) | undefined;
}

export default function CallList({ need, session, onClose, onRepair }: CallListProps) {
  const t = useText();
  const dates = useDates();
  const path = { params: { path: { need_id: need } } };
  const query = api.useQuery("get", "/api/needs/{need_id}/call-list", path, {
    meta: { live: ["callout", "assignment", "session"] },
  });
  return (
    <Sheet onClose={onClose} title={t("calls.title", { role: query.data?.role ?? "" })}>
      <Stack gap="md" className={styles.sheet}>
        <Text c="dimmed">
          {dates.span(session.starts_at, session.ends_at)} {session.title}
        </Text>
        <Loaded query={query}>{(found) => <People found={found} onRepair={onRepair} />}</Loaded>
      </Stack>
    </Sheet>
  );
}

function People({ found, onRepair }: { found: Found } & Pick<CallListProps, "onRepair">) {
  const t = useText();
  const why = useWhyThem();
  return (
    <>
      <ByMessage found={found} />
      {found.asked.length > 0 && (
        <section>
          <Text component="h3" fw={600}>
            {t("calls.asked", { n: found.asked.length })}
          </Text>
          <ul className={styles.people}>
            {found.asked.map((one) => (
              <Person key={one.volunteer} who={one} need={found.need} open={found.missing > 0}>
                <Answer asked={one} />
              </Person>
            ))}
          </ul>
        </section>
      )}
      {found.next.length > 0 && (
        <section>
          <Text component="h3" fw={600}>
            {t("calls.next")}
          </Text>
          <ul className={styles.people}>
            {found.next.map((one) => (
              <Person key={one.volunteer} who={one} need={found.need} open>
                <Text size="sm" c="dimmed">
                  {one.why.map(why).join(t("calls.comma"))}
                </Text>
              </Person>
            ))}
          </ul>
        </section>
      )}
      {found.missing > 0 && found.next.length === 0 && (
        <div>
          <Text>{t("calls.nobody_else")}</Text>
          {onRepair && (
            <Button mt="xs" variant="default" leftSection={<Icon name="swap" />} onClick={onRepair}>
              {t("calls.repair")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** Messages go out by themselves, wave by wave; here they are started and stopped. */
function ByMessage({ found: { need, missing, callout } }: { found: Found }) {
  const t = useText();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSearch();
  const start = api.useMutation("post", "/api/needs/{need_id}/call-out", { onSettled: refresh });
  const stop = api.useMutation("post", "/api/call-outs/{callout_id}/stop", { onSettled: refresh });
  const running = callout?.state === "running" && callout.asking;
  const error: unknown = start.error ?? stop.error;
  return (
    <div className={styles.byMessage}>
      {missing === 0 && <StateMark state="full" />}
      {callout && <Search callout={callout} />}
      {running && (
        <Button
          variant="default"
          loading={stop.isPending}
          onClick={() => stop.mutate({ params: { path: { callout_id: callout.id } } })}
        >
          {t("calls.stop")}
        </Button>
      )}
      {!running && missing > 0 && (
        <Button
          leftSection={<Icon name="message" />}
          loading={start.isPending}
          onClick={() => start.mutate({ params: { path: { need_id: need } } })}
        >
          {t("calls.start")}
        </Button>
      )}
      {error !== null && (
        <Text role="alert" c="var(--empty)">
          {whyNot(error)}
        </Text>
      )}
    </div>
  );
}

function Answer({ asked }: { asked: Asked }) {
  const t = useText();
  const dates = useDates();
  const why = useWhyThem();
  const at = (moment: string) => `${dates.near(moment)} ${dates.time(moment)}`;
  const words: Record<Asked["state"], string> = {
    silent: asked.called_at
      ? t("calls.no_answer_at", { time: at(asked.called_at) })
      : t("calls.silent_since", { time: at(asked.asked_at) }),
    yes: t("calls.said_yes"),
    no: t("calls.said_no"),
    closed: t("calls.closed"),
  };
  return (
    <Text size="sm" c="dimmed">
      {asked.unreached ? (
        <Text span inherit c="var(--empty)">
          <Icon name="warning" /> {t("calls.unreached")}
        </Text>
      ) : (
        words[asked.state]
      )}
      {asked.why.length > 0 && <br />}
      {asked.why.map(why).join(t("calls.comma"))}
    </Text>
  );
}

const OUTCOMES: Outcome[] = ["yes", "no", "no_answer"];

interface PersonProps {
  who: Pick<components["schemas"]["CandidateOut"], "volunteer" | "name" | "phone"> & { state?: Asked["state"] };
  need: number;
  open: boolean;
  children: React.ReactNode;
}

function Person({ who, need, open, children }: PersonProps) {
  const t = useText();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSearch();
  const called = api.useMutation("post", "/api/needs/{need_id}/calls", { onSettled: refresh });
  const record = (outcome: Outcome) =>
    called.mutate(
      { params: { path: { need_id: need } }, body: { volunteer: who.volunteer, outcome } },
      { onSuccess: () => outcome === "yes" && notifyDone(t("calls.signed_up", { name: who.name })) },
    );
  const error: unknown = called.error;
  return (
    <li data-asked={who.state}>
      <div className={styles.who}>
        <span>
          <strong>{who.name}</strong>
          {children}
        </span>
        <Call name={who.name} phone={who.phone} />
      </div>
      {open && who.state !== "yes" && who.state !== "closed" && (
        <Group gap="xs" grow className={styles.outcomes}>
          {OUTCOMES.filter((outcome) => who.state !== "no" || outcome === "yes").map((outcome) => (
            <Button
              key={outcome}
              variant="default"
              disabled={called.isPending}
              aria-label={t(`calls.${outcome}_who`, { name: who.name })}
              onClick={() => record(outcome)}
            >
              {t(`calls.${outcome}`)}
            </Button>
          ))}
        </Group>
      )}
      {error !== null && (
        <Text role="alert" size="sm" c="var(--empty)">
          {whyNot(error)}
        </Text>
      )}
    </li>
  );
}
