/** Booking for a family at the desk or on the phone. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { ChildSearch, type FoundChild } from "@/scheduling/bookings/search";
import { notifyDone, say, useDates, useErrorText, useFocusBack } from "@/ui";
import type { SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";

interface Props {
  session: SessionPanel;
  onClose: () => void;
}

export function BookChild({ session, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const dates = useDates();
  const otherwise = useErrorText();
  const refresh = useRefreshSession(session.id);
  const full = session.places !== null && session.booked >= session.places;
  const book = api.useMutation("post", "/api/activities/{session_id}/book");
  const choose = (one: FoundChild, asked: string) =>
    book.mutate(
      {
        params: { path: { session_id: session.id } },
        body: { children: [one.child], guardian_phone: asked, all_or_none: false, wait: true },
      },
      {
        onSuccess: async (rows) => {
          await refresh();
          notifyDone(t(rows[0]?.state === "waiting" ? "board.child_waits" : "board.child_booked", { name: one.name }));
          onClose();
        },
      },
    );
  const error: unknown = book.error;
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
        {error !== null && (
          <Text role="alert" c="var(--empty)">
            {error instanceof Refusal && hasText(`not_child.${error.code}`)
              ? say(t, "not_child", error.code, error.facts)
              : otherwise(error)}
          </Text>
        )}
        <ChildSearch
          session={session.id}
          label={t("board.find_child")}
          action={(one, asked) =>
            one.bookable && (
              <Button
                variant="default"
                onClick={() => choose(one, asked)}
                loading={book.isPending}
                aria-label={t("board.book_whom", { name: one.name })}
              >
                {t(full ? "board.let_wait" : "board.book")}
              </Button>
            )
          }
        />
      </Stack>
    </Modal>
  );
}
