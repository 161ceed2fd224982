/** At the desk or on the phone: find a child by name or by the guardian's whole number, book. Searching is logged. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { hasText, useText } from "@/i18n";
import { Loaded, notifyDone, say, useDates, useErrorText } from "@/ui";
import styles from "./board.module.css";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";

type Found = components["schemas"]["FoundChildOut"];
const LEAST = 2;

interface Props {
  session: SessionPanel;
  onClose: () => void;
}

export function BookChild({ session, onClose }: Props) {
  const t = useText();
  const dates = useDates();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const full = session.places !== null && session.booked >= session.places;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("board.book_child")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="md">
        <Text c="dimmed">
          {dates.span(session.starts_at, session.ends_at)} {session.title}
          {full && ` ${t("board.full_so_waits", { n: session.waiting })}`}
        </Text>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(typed.trim());
          }}
        >
          <Group align="end" gap="sm" wrap="nowrap">
            <TextInput
              flex={1}
              label={t("board.find_child")}
              description={t("board.find_child_hint")}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
            <Button type="submit" variant="default" disabled={typed.trim().length < LEAST}>
              {t("board.find")}
            </Button>
          </Group>
        </form>
        {asked && <Results session={session} text={asked} full={full} onDone={onClose} />}
      </Stack>
    </Modal>
  );
}

interface ResultsProps {
  session: SessionPanel;
  text: string;
  full: boolean;
  onDone: () => void;
}

function Results({ session, text, full, onDone }: ResultsProps) {
  const t = useText();
  const refresh = useRefreshSession(session.id);
  const otherwise = useErrorText();
  const path = { path: { session_id: session.id } };
  const found = api.useQuery(
    "get",
    "/api/activities/{session_id}/children",
    { params: { ...path, query: { q: text } } },
    { staleTime: 0, gcTime: 0 },
  );
  const book = api.useMutation("post", "/api/activities/{session_id}/book");
  const choose = (one: Found) =>
    book.mutate(
      { params: path, body: { children: [one.child], guardian_phone: text, all_or_none: false, wait: true } },
      {
        onSuccess: async (rows) => {
          await refresh();
          notifyDone(t(rows[0]?.state === "waiting" ? "board.child_waits" : "board.child_booked", { name: one.name }));
          onDone();
        },
      },
    );
  const words = (code: string, facts: Record<string, unknown>) => say(t, "not_child", code, facts, "not_child.other");
  const error: unknown = book.error;
  return (
    <Loaded query={found}>
      {(children) => (
        <>
          {error !== null && (
            <Text role="alert" c="var(--empty)">
              {error instanceof Refusal && hasText(`not_child.${error.code}`)
                ? words(error.code, error.facts)
                : otherwise(error)}
            </Text>
          )}
          {children.length === 0 && <Text c="dimmed">{t("board.no_child_found")}</Text>}
          <ul className={styles.people}>
            {children.map((one) => (
              <li key={one.child}>
                <span className={styles.candidate}>
                  <strong>{one.name}</strong> {one.age !== null && t("board.child_age", { age: one.age })}
                  <Text size="sm" c="dimmed">
                    {t("board.child_of", { guardian: one.guardian })}
                  </Text>
                  {one.reasons.map((reason) => (
                    <Text key={reason.code} size="sm">
                      {words(reason.code, reason.facts)}
                    </Text>
                  ))}
                </span>
                {one.bookable && (
                  <Button
                    variant="default"
                    onClick={() => choose(one)}
                    loading={book.isPending}
                    aria-label={t("board.book_whom", { name: one.name })}
                  >
                    {t(full ? "board.let_wait" : "board.book")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
