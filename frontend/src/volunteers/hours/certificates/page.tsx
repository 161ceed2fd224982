/** Certificates that were issued, and taking one back. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, notifyDone, Page, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import type { Certificate } from "../types";
import { tenths, useRefreshHours } from "../useHours";

const WordsDialog = lazy(() => import("../WordsDialog"));

export default function CertificatesPage() {
  const t = useText();
  const issued = api.useQuery("get", "/api/certificates");
  return (
    <Page title={t("hours.issued_title")} lead={t("hours.issued_lead")}>
      <Loaded query={issued}>
        {(data) =>
          data.length === 0 ? (
            <EmptyState title={t("hours.issued_none")}>{t("hours.issued_none_hint")}</EmptyState>
          ) : (
            <ul className={rows.list}>
              {data.map((one) => (
                <Issued key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function Issued({ one }: { one: Certificate }) {
  const t = useText();
  const dates = useDates();
  const refresh = useRefreshHours();
  const [revoking, setRevoking] = useState(false);
  const revoke = api.useMutation("post", "/api/certificates/{certificate_id}/revoke", {
    onSuccess: () => {
      setRevoking(false);
      notifyDone(t("hours.revoked_done"));
    },
    onSettled: refresh,
  });
  // Of who had themselves erased the number is left alone: no paper can be made of it, and no words stay.
  const erased = one.volunteer === "";
  const facts = { name: one.volunteer, no: one.volunteer_no, hours: tenths(one.minutes) };
  const about = t(erased ? "hours.issued_of_erased" : "hours.issued_of", facts);
  const name = one.volunteer || one.volunteer_no;
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{about}</span>
        <span className={rows.soft}>
          {t("hours.certificate_number", { number: one.number, day: dates.date(one.issued_at) })}
        </span>
      </div>
      {one.revoked_at ? (
        <StateMark state="cancelled">
          {one.revoke_reason ? t("hours.certificate_revoked", { reason: one.revoke_reason }) : t("hours.revoked_done")}
        </StateMark>
      ) : (
        <div className={styles.buttons}>
          {!erased && (
            <Button
              component="a"
              href={`/api/certificates/${one.id}/file`}
              target="_blank"
              rel="noopener"
              variant="default"
              aria-label={t("hours.open_which", { name })}
            >
              {t("hours.certificate_open")}
            </Button>
          )}
          <Button variant="subtle" onClick={() => setRevoking(true)} aria-label={t("hours.revoke_which", { name })}>
            {t("hours.revoke")}
          </Button>
        </div>
      )}
      {revoking && (
        <Suspense>
          <WordsDialog
            title={t("hours.revoke_title")}
            about={t("hours.revoke_about", { about })}
            label={t("hours.revoke_words")}
            verb={t("hours.revoke")}
            busy={revoke.isPending}
            error={revoke.error}
            onClose={() => {
              revoke.reset();
              setRevoking(false);
            }}
            onSay={(reason) => revoke.mutate({ params: { path: { certificate_id: one.id } }, body: { reason } })}
          />
        </Suspense>
      )}
    </li>
  );
}
