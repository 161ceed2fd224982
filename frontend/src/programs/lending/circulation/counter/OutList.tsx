/** What is out, what is due first, first. A book that does not come back is noted, and that is that. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, EmptyState, Loaded, Pager, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../circulation.module.css";
import { DueOn } from "../LoanLine";
import type { DeskLoan } from "../types";
import { useRefreshBooks } from "../useRefreshBooks";

const PAGE = 30;

export function OutList({ hub, late }: { hub: number; late: boolean }) {
  const t = useText();
  const [skip, setSkip] = useState(0);
  const params = { path: { hub_id: hub }, query: { late, skip } };
  const out = api.useQuery("get", "/api/lending/hubs/{hub_id}/loans", { params }, { meta: { live: ["books"] } });
  return (
    <Loaded query={out}>
      {({ loans, total }) =>
        total === 0 ? (
          <EmptyState picture="snail" title={t(late ? "counter.nothing_late" : "counter.nothing_out")} />
        ) : (
          <>
            <ul className={styles.lines}>
              {loans.map((loan) => (
                <OutLine key={loan.id} loan={loan} />
              ))}
            </ul>
            <Pager skip={skip} size={PAGE} more={skip + loans.length < total} onSkip={setSkip} />
          </>
        )
      }
    </Loaded>
  );
}

function OutLine({ loan }: { loan: DeskLoan }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const [asked, setAsked] = useState(false);
  const lose = api.useMutation("post", "/api/lending/loans/{loan_id}/lose", { onSettled: refresh });
  const error: unknown = lose.error;
  return (
    <li className={styles.line}>
      <span className={styles.about}>
        <span className={styles.name}>{loan.book.name}</span>
        <span>{t("counter.with", { name: loan.reader, sticker: loan.sticker })}</span>
        <DueOn day={loan.due_on} late={loan.late} />
        {loan.told_late && <span className={rows.soft}>{t("counter.reminded")}</span>}
      </span>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("counter.lost")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("counter.lost_title", { book: loan.book.name })}
        consequence={t("counter.lost_hint", { name: loan.reader })}
        verb={t("counter.lost")}
        onConfirm={() => lose.mutate({ params: { path: { loan_id: loan.id } } })}
        busy={lose.isPending}
        error={error === null ? undefined : words(error)}
      />
    </li>
  );
}
