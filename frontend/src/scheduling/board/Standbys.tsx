/** 机动: who steps in when somebody can't come; staff name them, and write down what they said on the phone. */
import { Button, Group, NativeSelect, Text, Title, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, StateMark } from "@/ui";
import styles from "./board.module.css";
import { type Candidate, Candidates } from "./Candidates";
import { Call } from "./PlacePerson";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";
import { useWhyNotThem } from "./whyThem";

type Standby = SessionPanel["standbys"][number];

export function Standbys({ session }: { session: SessionPanel }) {
  const t = useText();
  const [naming, setNaming] = useState(false);
  const acts = session.editable && session.state !== "cancelled" && new Date(session.starts_at) > new Date();
  const [need] = session.needs;
  if (session.standbys.length === 0 && !(acts && need)) return null;
  return (
    <div>
      <Title order={3}>{t("state.standby")}</Title>
      <ul className={styles.people}>
        {session.standbys.map((one) => (
          <Row key={one.id} standby={one} session={session} acts={acts} />
        ))}
        {session.standbys.length === 0 && <li className={styles.nobody}>{t("standby.none")}</li>}
      </ul>
      {acts && need && (
        <Button mt="xs" variant="default" leftSection={<Icon name="join" />} onClick={() => setNaming(true)}>
          {t("standby.name")}
        </Button>
      )}
      {naming && need && <NameStandby session={session} first={need.id} onClose={() => setNaming(false)} />}
    </div>
  );
}

function Row({ standby, session, acts }: { standby: Standby; session: SessionPanel; acts: boolean }) {
  const t = useText();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session.id);
  const path = { params: { path: { standby_id: standby.id } } };
  const cannot = api.useMutation("post", "/api/standbys/{standby_id}/called-off", { onSettled: refresh });
  const release = api.useMutation("post", "/api/standbys/{standby_id}/release", {
    onSettled: refresh,
    onSuccess: () => notifyDone(t("standby.released", { name: standby.name })),
  });
  const error: unknown = cannot.error ?? release.error;
  const ready = standby.state === "ready";
  return (
    <li>
      <span>
        {standby.name} <StateMark state={ready ? "standby" : "cancelled"}>{t(`standby.${standby.state}`)}</StateMark>{" "}
        {standby.reason && <Text size="sm">{standby.reason}</Text>}
      </span>
      <Call name={standby.name} phone={standby.phone} />
      {acts && ready && (
        <Group gap="xs" className={styles.acts}>
          <Button
            variant="default"
            loading={cannot.isPending}
            onClick={() => cannot.mutate({ ...path, body: { reason: "" } })}
          >
            {t("board.cannot")}
            <VisuallyHidden>{standby.name}</VisuallyHidden>
          </Button>
          <Button variant="subtle" color="gray" loading={release.isPending} onClick={() => release.mutate(path)}>
            {t("standby.release")}
            <VisuallyHidden>{standby.name}</VisuallyHidden>
          </Button>
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

interface Naming {
  session: SessionPanel;
  /** The need whose people are looked at first; any of them will do. */
  first: number;
  onClose: () => void;
}

function NameStandby({ session, first, onClose }: Naming) {
  const t = useText();
  const [need, setNeed] = useState(first);
  const refresh = useRefreshSession(session.id);
  const name = api.useMutation("post", "/api/sessions/{session_id}/standbys");
  const choose = (one: Candidate) =>
    name.mutate(
      { params: { path: { session_id: session.id } }, body: { volunteer: one.volunteer } },
      {
        onSuccess: async () => {
          await refresh();
          notifyDone(t("standby.named", { name: one.name }));
          onClose();
        },
      },
    );
  return (
    <Candidates
      session={session}
      need={need}
      title={t("standby.whom")}
      busy={name.isPending}
      error={name.error}
      onChoose={choose}
      onClose={onClose}
    >
      {session.needs.length > 1 && (
        <NativeSelect
          label={t("standby.for_role")}
          value={need}
          onChange={({ currentTarget: { value } }) => setNeed(Number(value))}
          data={session.needs.map((one) => ({ value: String(one.id), label: one.role }))}
        />
      )}
    </Candidates>
  );
}
