/** 志愿服务记录证明: free, as a PDF; whoever holds it scans its code and sees whether it holds. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useLanguage, useText } from "@/i18n";
import { notifyDone, Section, StateMark, useDates, useErrorText, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../hours.module.css";
import type { Certificate } from "../types";
import { tenths, useRefreshHours } from "../useHours";

export function Certificates({ some }: { some: boolean }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshHours();
  const mine = api.useQuery("get", "/api/certificates/mine", {}, { meta: { live: ["certificate", "record"] } });
  const issue = api.useMutation("post", "/api/certificates", {
    onSuccess: () => notifyDone(t("hours.certificate_done")),
    onSettled: refresh,
  });
  const found = mine.data ?? [];
  return (
    <Section title={t("hours.certificate")}>
      <p className={rows.soft}>{t(some ? "hours.certificate_hint" : "hours.certificate_none")}</p>
      {some && (
        <Button onClick={() => issue.mutate({ body: {} })} loading={issue.isPending}>
          {t("hours.certificate_issue")}
        </Button>
      )}
      {issue.error !== null && (
        <span role="alert" className={rows.error}>
          {words(issue.error)}
        </span>
      )}
      {found.length > 0 && (
        <ul className={rows.list}>
          {found.map((one) => (
            <OneCertificate key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function OneCertificate({ one }: { one: Certificate }) {
  const t = useText();
  const dates = useDates();
  const chinese = useLanguage() === "zh-Hans";
  const file = (language: string) => `/api/certificates/${one.id}/file?language=${language}`;
  const [own, other] = chinese ? ["zh-hans", "en"] : ["en", "zh-hans"];
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>{t("hours.certificate_of", { hours: tenths(one.minutes) })}</span>
        <span className={rows.soft}>
          {t("hours.certificate_period", { first: dates.date(one.first_day), last: dates.date(one.last_day) })}
        </span>
        <span className={rows.soft}>
          {t("hours.certificate_number", { number: one.number, day: dates.date(one.issued_at) })}
        </span>
      </div>
      {one.revoked_at ? (
        <StateMark state="cancelled">{t("hours.certificate_revoked", { reason: one.revoke_reason })}</StateMark>
      ) : (
        <WeChatFallback address={window.location.href}>
          <div className={styles.buttons}>
            <Button component="a" href={file(own as string)} target="_blank" rel="noopener" variant="default">
              {t("hours.certificate_open")}
            </Button>
            <Button component="a" href={file(other as string)} target="_blank" rel="noopener" variant="subtle">
              {t("hours.certificate_open_other")}
            </Button>
            <Button component="a" href={new URL(one.address).pathname} target="_blank" rel="noopener" variant="subtle">
              {t("hours.certificate_verify")}
            </Button>
          </div>
        </WeChatFallback>
      )}
    </li>
  );
}
