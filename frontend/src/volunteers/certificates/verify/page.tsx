/** Behind the code of a certificate, for anybody: is it ours, does it hold. No name, no ID number. */
import { Button, Stack, TextInput, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { BarePage, ErrorState, Skeleton, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./verify.module.css";

type Verdict = components["schemas"]["CertificateVerdict"];

export default function VerifyPage() {
  const t = useText();
  const { payload = "" } = useParams();
  const verify = api.useMutation("post", "/api/certificates/verify");
  const { mutate } = verify;
  useEffect(() => mutate({ body: { payload, name: "" } }), [mutate, payload]);
  return (
    <BarePage title={t("verify.title")} named>
      {verify.data && <Result verdict={verify.data} payload={payload} />}
      {verify.error !== null && (
        <ErrorState error={verify.error} onRetry={() => mutate({ body: { payload, name: "" } })} />
      )}
      {!verify.data && verify.error === null && (
        <>
          <Title order={1}>{t("verify.title")}</Title>
          <Skeleton />
        </>
      )}
      <p className={rows.soft}>
        {t("verify.offline")}{" "}
        <a href="/verify/keys.pem" download>
          {t("verify.keys")}
        </a>
      </p>
    </BarePage>
  );
}

const shapes = { valid: "full", revoked: "cancelled", not_ours: "empty" } as const;

function Result({ verdict, payload }: { verdict: Verdict; payload: string }) {
  const t = useText();
  const dates = useDates();
  return (
    <>
      <div>
        <Title order={1}>{t(`verify.${verdict.state}_title`)}</Title>
        <p className={styles.verdict}>
          <StateMark state={shapes[verdict.state]}>{t(`verify.${verdict.state}`)}</StateMark>
        </p>
        <p>{t(`verify.${verdict.state}_hint`, { day: verdict.revoked_on ? dates.date(verdict.revoked_on) : "" })}</p>
      </div>
      {verdict.state !== "not_ours" && (
        <>
          <dl className={styles.facts}>
            <dt>{t("verify.number")}</dt>
            <dd>{verdict.number}</dd>
            <dt>{t("verify.volunteer")}</dt>
            <dd>{t("verify.volunteer_is", { name: verdict.masked_name, no: verdict.volunteer_no })}</dd>
            <dt>{t("verify.hours")}</dt>
            <dd>{t("verify.hours_are", { hours: Math.floor(verdict.minutes / 6) / 10 })}</dd>
            <dt>{t("verify.period")}</dt>
            <dd>
              {t("verify.period_is", {
                first: dates.date(verdict.first_day ?? ""),
                last: dates.date(verdict.last_day ?? ""),
              })}
            </dd>
            <dt>{t("verify.issuer")}</dt>
            <dd>{verdict.issuer}</dd>
            <dt>{t("verify.issued_on")}</dt>
            <dd>{dates.date(verdict.issued_on ?? "")}</dd>
          </dl>
          <CompareName payload={payload} />
        </>
      )}
    </>
  );
}

/** Who holds the paper compares the name on it; it is not shown here. */
function CompareName({ payload }: { payload: string }) {
  const t = useText();
  const errorText = useErrorText();
  const [name, setName] = useState("");
  const compare = api.useMutation("post", "/api/certificates/verify");
  const fits = compare.data?.name_fits;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        compare.mutate({ body: { payload, name } });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t("verify.name")}
          description={t("verify.name_hint")}
          value={name}
          onChange={(event) => {
            compare.reset();
            setName(event.currentTarget.value);
          }}
          maxLength={60}
          autoComplete="off"
        />
        <div className={rows.foot}>
          <span role="status">
            {fits === true && <StateMark state="full">{t("verify.name_fits")}</StateMark>}
            {fits === false && <StateMark state="empty">{t("verify.name_differs")}</StateMark>}
            {compare.error !== null && errorText(compare.error)}
          </span>
          <Button type="submit" variant="default" loading={compare.isPending} disabled={name.trim() === ""}>
            {t("verify.compare")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
