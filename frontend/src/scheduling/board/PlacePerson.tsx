/** One who serves: a tap dials; what they said on the phone is written down here, and a place is taken back. */
import { Button, Group, Modal, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, useFocusBack } from "@/ui";
import styles from "./board.module.css";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";
import { useWhyNotThem } from "./whyThem";

type Person = SessionPanel["people"][number];

/** Coordinators fill gaps by calling. */
export function Call({ name, phone }: { name: string; phone: string }) {
  const t = useText();
  if (!phone) return null;
  return (
    <a className={styles.call} href={`tel:${phone}`}>
      <Icon name="phone" size="1.1em" />
      <VisuallyHidden>{t("board.call", { name })}</VisuallyHidden>
      {phone}
    </a>
  );
}

export function PlacePerson({ person, session }: { person: Person; session: SessionPanel }) {
  const t = useText();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session.id);
  const [asking, setAsking] = useState<"cannot" | "take_out">();
  const path = { params: { path: { assignment_id: person.assignment } } };
  const called = api.useMutation("post", "/api/assignments/{assignment_id}/called", { onSuccess: refresh });
  const standing = api.useMutation("post", "/api/assignments/{assignment_id}/standing", {
    onSuccess: () => notifyDone(t("board.every_week_done", { name: person.name })),
  });
  const acts = session.editable && session.state !== "cancelled";
  /** From then on the door knows who is there. */
  const begun = Date.parse(session.starts_at) <= Date.now();
  const comes = () => called.mutate({ ...path, body: { coming: true, reason: "" } });
  return (
    <li>
      <span>
        {person.name}{" "}
        <Text component="span" size="sm" c="dimmed">
          {t(`board.answer.${person.state}`)}
          {person.for_them && (
            <abbr title={t("board.for_them")} className={styles.forThem}>
              {t("board.for_them_mark")}
            </abbr>
          )}
        </Text>{" "}
        {person.reason && <Text size="sm">{person.reason}</Text>}
        {session.for_children && !person.cleared && person.state !== "declined" && (
          <Text component="span" size="sm" className={styles.flag}>
            {t("board.not_cleared")}
          </Text>
        )}
      </span>
      <Call name={person.name} phone={person.phone} />
      {acts && (
        <Group gap="xs" className={styles.acts}>
          {!begun && person.state !== "accepted" && (
            <Button variant="default" onClick={comes} loading={called.isPending}>
              {t(person.state === "declined" ? "board.comes_after_all" : "board.comes")}
              <VisuallyHidden>{person.name}</VisuallyHidden>
            </Button>
          )}
          {person.state !== "declined" && (
            <>
              {!begun && (
                <>
                  <Button variant="default" onClick={() => setAsking("cannot")}>
                    {t("board.cannot")}
                    <VisuallyHidden>{person.name}</VisuallyHidden>
                  </Button>
                  <Button variant="subtle" color="gray" onClick={() => setAsking("take_out")}>
                    {t("board.take_out")}
                    <VisuallyHidden>{person.name}</VisuallyHidden>
                  </Button>
                </>
              )}
              {!standing.isSuccess && (
                <Button
                  variant="subtle"
                  color="gray"
                  loading={standing.isPending}
                  onClick={() => standing.mutate(path)}
                >
                  {t("board.every_week")}
                  <VisuallyHidden>{person.name}</VisuallyHidden>
                </Button>
              )}
            </>
          )}
        </Group>
      )}
      {(called.error ?? standing.error) && (
        <Text role="alert" size="sm" c="var(--empty)">
          {whyNot(called.error ?? standing.error)}
        </Text>
      )}
      {asking && <AskReason act={asking} person={person} session={session.id} onClose={() => setAsking(undefined)} />}
    </li>
  );
}

interface Asked {
  act: "cannot" | "take_out";
  person: Person;
  session: number;
  onClose: () => void;
}

/** Why they can't come may stay unsaid; why somebody is taken out may not. */
function AskReason({ act, person, session, onClose }: Asked) {
  const t = useText();
  useFocusBack();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session);
  const [reason, setReason] = useState("");
  const told = {
    onSuccess: async () => {
      await refresh();
      onClose();
      notifyDone(t(`board.${act}_done`, { name: person.name }));
    },
  };
  const called = api.useMutation("post", "/api/assignments/{assignment_id}/called", told);
  const released = api.useMutation("post", "/api/assignments/{assignment_id}/release", told);
  const path = { params: { path: { assignment_id: person.assignment } } };
  const save = () =>
    act === "cannot"
      ? called.mutate({ ...path, body: { coming: false, reason } })
      : released.mutate({ ...path, body: { reason } });
  const error: unknown = called.error ?? released.error;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t(`board.${act}_title`, { name: person.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="md">
          <Text>{t(`board.${act}_consequence`)}</Text>
          <TextInput
            label={t(act === "cannot" ? "board.reason_if_said" : "board.reason")}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required={act === "take_out"}
            data-autofocus
          />
          {error !== null && (
            <Text role="alert" c="var(--empty)">
              {whyNot(error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button
              type="submit"
              loading={called.isPending || released.isPending}
              disabled={act === "take_out" && !reason.trim()}
            >
              {t(`board.${act}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
