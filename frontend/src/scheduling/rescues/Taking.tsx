/** What a way does to whom, before it is done: shown by doing it and taking it back; a second tap does just that. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import type { SessionPanel } from "@/scheduling/board/types";
import { useRefreshSession } from "@/scheduling/board/useRefreshSession";
import { notifyDone, Skeleton, StateMark, useDates } from "@/ui";
import styles from "./rescues.module.css";
import type { Option, Outcome, Touched, Wish } from "./types";
import { useWhyNotTaken } from "./why";

interface Props {
  session: SessionPanel;
  wish: Pick<Wish, "kind"> & { option?: number };
  /** The session that it is merged with. */
  to?: Option | undefined;
  onLeave: () => void;
  /** It is taken, and nobody is missing any more. */
  onFull: () => void;
}

export function Taking({ session, wish: { kind, option = 0 }, to, onLeave, onFull }: Props) {
  const t = useText();
  const dates = useDates();
  const whyNot = useWhyNotTaken();
  const refresh = useRefreshSession(session.id);
  const [shown, setShown] = useState<Outcome>();
  const [overtaken, setOvertaken] = useState(false);
  const look = api.useMutation("post", "/api/sessions/{session_id}/ways-out");
  const take = api.useMutation("post", "/api/sessions/{session_id}/ways-out");
  const params = { path: { session_id: session.id } };
  const taking = useRef(false);
  const { mutate } = look;
  const { reset } = take;
  // Asked anew when the session has changed, but not by the very taking: the panel is the same object until then.
  useEffect(() => {
    if (taking.current) return;
    reset();
    mutate({ params: { path: { session_id: session.id } }, body: { kind, option, seen: "" } }, { onSuccess: setShown });
  }, [mutate, reset, session, kind, option]);
  const confirm = ({ seen }: Outcome) => {
    taking.current = true;
    take.mutate(
      { params, body: { kind, option, seen } },
      {
        onSuccess: async (outcome) => {
          taking.current = outcome.done;
          setOvertaken(!outcome.done);
          setShown(outcome);
          if (!outcome.done) return;
          notifyDone(t("rescue.done"));
          await refresh();
          if (outcome.missing > 0) onLeave();
          else onFull();
        },
        onError: () => {
          taking.current = false;
        },
      },
    );
  };
  const error: unknown = take.error ?? look.error;
  if (error !== null)
    return (
      <Stack gap="sm" align="flex-start">
        <Text role="alert" c="var(--empty)">
          {whyNot(error)}
        </Text>
        <Button variant="default" onClick={onLeave}>
          {t("ui.not_now")}
        </Button>
      </Stack>
    );
  if (!shown) return <Skeleton lines={3} />;
  return (
    <Stack gap="sm" aria-live="polite">
      {overtaken && (
        <Text role="alert" c="var(--empty)">
          {t("rescue.overtaken")}
        </Text>
      )}
      {to?.starts_at && <Text>{t("rescue.goes_to", { when: dates.time(to.starts_at), title: to.name })}</Text>}
      <WhoIsTouched outcome={shown} leaving={to !== undefined} />
      <span className={styles.after}>
        {t("rescue.after")} <StateMark state={shown.missing > 0 ? "short" : "full"} missing={shown.missing} />
      </span>
      <Group gap="sm">
        <Button autoFocus loading={take.isPending} onClick={() => confirm(shown)}>
          {t(shown.people.length + shown.families.length > 0 ? "rescue.confirm" : "rescue.confirm_nobody")}
        </Button>
        <Button variant="default" disabled={take.isPending} onClick={onLeave}>
          {t("ui.not_now")}
        </Button>
      </Group>
    </Stack>
  );
}

function WhoIsTouched({
  outcome: { people, families, roles, places },
  leaving,
}: {
  outcome: Outcome;
  leaving: boolean;
}) {
  const t = useText();
  const dates = useDates();
  const say = (one: Touched) =>
    t(`rescue.what.${one.what}`, {
      name: one.name,
      when: one.starts_at ? `${dates.near(one.starts_at)} ${dates.time(one.starts_at)}` : "",
      title: one.title,
    });
  const eased = <Lines words={roles.map((one) => t("rescue.role_eased", { ...one }))} />;
  if (people.length + families.length === 0)
    return (
      <>
        <Text>{leaving ? t("rescue.nobody_there") : t("rescue.nobody_leaves", { places: places ?? 0 })}</Text>
        {eased}
      </>
    );
  return (
    <>
      {eased}
      {people.length > 0 && <Who title={t("rescue.people", { n: people.length })} words={people.map(say)} />}
      {families.length > 0 && <Who title={t("rescue.families", { n: families.length })} words={families.map(say)} />}
      <Text size="sm" c="dimmed">
        {t("rescue.told_once")}
      </Text>
    </>
  );
}

function Who({ title, words }: { title: string; words: string[] }) {
  return (
    <div>
      <Text fw={600}>{title}</Text>
      <Lines words={words} />
    </div>
  );
}

function Lines({ words }: { words: string[] }) {
  if (words.length === 0) return null;
  return (
    <ul className={styles.touched}>
      {words.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of one name are told apart by nothing but their place
        <li key={index}>{one}</li>
      ))}
    </ul>
  );
}
