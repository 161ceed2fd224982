/** A guardian's consent from afar: what is agreed to in plain words, a name, yes or no; the same link takes it back. */
import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { BarePage, ConfirmDialog, EmptyState, Loaded, StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type Consent = components["schemas"]["ConsentPageOut"];

export default function ConsentPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery("get", "/api/consents/{token}", { params: { path: { token } } });
  const error: unknown = page.error;
  return (
    <BarePage title={t("consent.page")} named>
      {error instanceof Refusal && !page.data ? (
        <EmptyState title={error.code === "link_expired" ? t("consent.of_age") : t("consent.unknown")} order={1}>
          {error.code === "link_expired" ? t("consent.of_age_hint") : t("consent.unknown_hint")}
        </EmptyState>
      ) : (
        <Loaded query={page}>{(consent) => <Form token={token} consent={consent} />}</Loaded>
      )}
    </BarePage>
  );
}

function Form({ token, consent }: { token: string; consent: Consent }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [name, setName] = useState(consent.guardian);
  const [withdrawing, setWithdrawing] = useState(false);
  const path = { params: { path: { token } } };
  const answer = api.useMutation("post", "/api/consents/{token}", {
    onSuccess: (page) => {
      setWithdrawing(false);
      cache.setQueryData(["get", "/api/consents/{token}", path], page);
    },
  });
  const say = (granted: boolean) => answer.mutate({ ...path, body: { name, granted } });
  const given = consent.answer === "given";
  const { minor, age, home } = consent;
  return (
    <>
      <div>
        <Title order={1}>{t("consent.title", { minor })}</Title>
        <Text c="dimmed">{t("consent.lead", { minor, age })}</Text>
      </div>
      <Stack gap="sm">
        <p>{home ? t("consent.what_at", { home }) : t("consent.what")}</p>
        <ul>
          <li>{age < 16 ? t("consent.company") : t("consent.adults")}</li>
          <li>{t("consent.data")}</li>
          <li>{t("consent.back")}</li>
        </ul>
      </Stack>
      {consent.answer !== "open" && (
        <StateMark state={consent.answer === "given" ? "full" : "empty"}>{t(`consent.is_${consent.answer}`)}</StateMark>
      )}
      <TextInput
        label={t("consent.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
        required
      />
      {answer.error && !withdrawing && (
        <p role="alert" className={rows.error}>
          {words(answer.error)}
        </p>
      )}
      <Stack gap="sm">
        {!given && (
          <Button size="lg" disabled={!name.trim()} loading={answer.isPending} onClick={() => say(true)}>
            {t("consent.yes")}
          </Button>
        )}
        {consent.answer !== "refused" && (
          <Button
            size="lg"
            variant="default"
            disabled={!name.trim() || answer.isPending}
            onClick={() => (given ? setWithdrawing(true) : say(false))}
          >
            {t(given ? "consent.withdraw" : "consent.no")}
          </Button>
        )}
      </Stack>
      <ConfirmDialog
        opened={withdrawing}
        onClose={() => {
          answer.reset();
          setWithdrawing(false);
        }}
        title={t("ui.ask", { deed: t("consent.withdraw") })}
        consequence={t("consent.withdraw_means", { minor })}
        verb={t("consent.withdraw")}
        onConfirm={() => say(false)}
        busy={answer.isPending}
        error={answer.error ? words(answer.error) : undefined}
      />
    </>
  );
}
