/** A book that somebody has: until when, and one tap to keep it longer. */
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { daysBetween, Icon, localDay, notifyDone, say, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./circulation.module.css";
import type { Loan } from "./types";
import { useRefreshBooks } from "./useRefreshBooks";

export function LoanLine({ loan }: { loan: Loan }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const renew = api.useMutation("post", "/api/lending/loans/{loan_id}/renew", {
    onSuccess: (data) => notifyDone(t("lent.renewed", { day: dates.day(data.due_on) })),
    onSettled: refresh,
  });
  const error: unknown = renew.error;
  const against = loan.not_renewable;
  return (
    <li className={styles.line}>
      <span className={styles.about}>
        <Link to={`/books/${loan.book.id}`}>{loan.book.name}</Link>
        <DueOn day={loan.due_on} late={loan.late} />
        {against && !loan.late && (
          <span className={rows.soft}>{say(t, "lent_why", against.code, against.facts, "lent_why.other")}</span>
        )}
        {error !== null && (
          <span role="alert" className={rows.error}>
            {words(error)}
          </span>
        )}
      </span>
      {!against && (
        <Button
          variant="default"
          loading={renew.isPending}
          aria-label={t("lent.renew_which", { book: loan.book.name })}
          onClick={() => renew.mutate({ params: { path: { loan_id: loan.id } } })}
        >
          {t("lent.renew")}
        </Button>
      )}
    </li>
  );
}

/** The day first, then how far it is. */
export function DueOn({ day, late }: { day: string; late: boolean }) {
  const t = useText();
  const dates = useDates();
  const left = daysBetween(localDay(new Date()), day);
  return (
    <span className={styles.stand} data-how={late ? "late" : undefined}>
      <Icon name={late ? "warning" : "calendar"} />
      {late
        ? t("lent.was_due", { day: dates.day(day) })
        : t("lent.due", { day: dates.day(day), left: left > 0 ? t("lent.left", { days: left }) : t("lent.today") })}
    </span>
  );
}
