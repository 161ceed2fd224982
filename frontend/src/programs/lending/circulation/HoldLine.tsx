/** A book asked for (预借): the place in the line, or where and until when it can be fetched. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./circulation.module.css";
import type { Hold } from "./types";
import { useRefreshBooks } from "./useRefreshBooks";

export function HoldLine({ hold }: { hold: Hold }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const [asked, setAsked] = useState(false);
  const cancel = api.useMutation("post", "/api/lending/holds/{hold_id}/cancel", {
    onSuccess: () => {
      setAsked(false);
      notifyDone(t("held.given_up", { book: hold.book.name }));
    },
    onSettled: refresh,
  });
  const error: unknown = cancel.error;
  return (
    <li className={styles.line}>
      <span className={styles.about}>
        <Link to={`/books/${hold.book.id}`}>{hold.book.name}</Link>
        <HoldStand hold={hold} />
      </span>
      <Button
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={t("held.give_up_which", { book: hold.book.name })}
      >
        {t("held.give_up")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("held.give_up_title", { book: hold.book.name })}
        consequence={t("held.give_up_hint")}
        verb={t("held.give_up")}
        onConfirm={() => cancel.mutate({ params: { path: { hold_id: hold.id } } })}
        busy={cancel.isPending}
        error={error === null ? undefined : words(error)}
      />
    </li>
  );
}

export function HoldStand({ hold }: { hold: Hold }) {
  const t = useText();
  const dates = useDates();
  if (hold.state === "ready") {
    return (
      <>
        <span className={styles.stand} data-how="ready">
          <Icon name="check" />
          {hold.session
            ? t("held.at_session", { when: dates.near(hold.session.starts_at), program: hold.session.program })
            : t("held.ready", { day: dates.day(hold.fetch_by ?? "") })}
        </span>
        <span className={rows.soft}>{hold.hub.name}</span>
      </>
    );
  }
  return (
    <>
      <span className={styles.stand}>
        <Icon name="today" />
        {hold.state === "traveling" ? t("held.traveling") : t("held.ahead", { ahead: hold.ahead })}
      </span>
      <span className={rows.soft}>{hold.hub.name}</span>
    </>
  );
}
