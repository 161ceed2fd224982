/** A guardian far away: who asks, for whom, and yes or no to each thing, without signing in. */
import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { BarePage, ConfirmDialog, EmptyState, Loaded, Section, StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Questions } from "../Questions";
import { type Answers, KINDS, type Kind, USUAL } from "../types";

type Asked = components["schemas"]["FamilyLinkOut"];
type Said = Record<number, Answers>;

export default function FamilyLinkPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery(
    "get",
    "/api/family-links/{token}",
    { params: { path: { token } } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
  );
  const error: unknown = page.error;
  const old = error instanceof Refusal && error.code === "link_expired";
  return (
    <BarePage title={t("families.link_title")} named>
      {error instanceof Refusal && !page.data ? (
        <EmptyState title={t(old ? "families.link_old" : "families.link_unknown")} order={1}>
          {t(old ? "families.link_old_hint" : "families.link_unknown_hint")}
        </EmptyState>
      ) : (
        <Loaded query={page}>
          {(asked) =>
            asked.state === "refused" ? (
              <EmptyState title={t("families.refused")} order={1}>
                {t(asked.purpose === "consent" ? "families.refused_hint" : "families.declined_hint")}
              </EmptyState>
            ) : asked.purpose === "consent" ? (
              <Consents token={token} asked={asked} />
            ) : (
              <Invitation token={token} asked={asked} />
            )
          }
        </Loaded>
      )}
    </BarePage>
  );
}

function useAnswer(token: string) {
  const cache = useQueryClient();
  const path = { params: { path: { token } } };
  const onSuccess = (page: Asked) => cache.setQueryData(["get", "/api/family-links/{token}", path], page);
  const answer = api.useMutation("post", "/api/family-links/{token}", { onSuccess });
  const refuse = api.useMutation("post", "/api/family-links/{token}/refuse", { onSuccess });
  return { path, answer, refuse };
}

function who(t: ReturnType<typeof useText>, asked: Asked): string {
  return asked.by_relation ? t("families.by", { name: asked.by, relation: asked.by_relation }) : asked.by;
}

function Consents({ token, asked }: { token: string; asked: Asked }) {
  const t = useText();
  const words = useErrorText();
  const { path, answer, refuse } = useAnswer(token);
  const [name, setName] = useState(asked.asked);
  const [said, setSaid] = useState<Said>(() => answered(asked));
  const [refusing, setRefusing] = useState(false);
  const names = asked.children.map((child) => child.name).join(t("ui.joiner"));
  const open = asked.children.flatMap((child) => KINDS.filter((kind) => said[child.id]?.[kind] === undefined)).length;
  const done = asked.state === "answered";
  const before = answered(asked);
  const kept =
    name.trim() === asked.asked &&
    asked.children.every(({ id }) => KINDS.every((kind) => said[id]?.[kind] === before[id]?.[kind]));
  const say = (child: number, kind: Kind, granted: boolean) =>
    setSaid((before) => ({ ...before, [child]: { ...before[child], [kind]: granted } }));
  const usual = () => setSaid(Object.fromEntries(asked.children.map((child) => [child.id, { ...USUAL }])));
  return (
    <>
      <div>
        <Title order={1}>{t("families.asked_for", { names })}</Title>
        <Text c="dimmed">{t("families.asked_by", { who: who(t, asked) })}</Text>
      </div>
      {done ? (
        <StateMark state="full">{t("families.answered")}</StateMark>
      ) : (
        <Stack gap="xs">
          <Button size="lg" variant={open === 0 ? "default" : "filled"} onClick={usual}>
            {t("families.usual")}
          </Button>
          <p className={rows.soft}>{t("families.usual_hint")}</p>
        </Stack>
      )}
      {asked.children.map((child) => (
        <Section
          key={child.id}
          title={child.age === null ? child.name : t("families.name_age", { name: child.name, age: child.age })}
        >
          <Questions
            id={`child-${child.id}`}
            versions={child.consents}
            answers={said[child.id] ?? {}}
            onAnswer={(kind, granted) => say(child.id, kind, granted)}
          />
        </Section>
      ))}
      <TextInput
        label={t("families.sign")}
        description={t("families.sign_hint")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
        required
      />
      {answer.error && (
        <p role="alert" className={rows.error}>
          {words(answer.error)}
        </p>
      )}
      <Stack gap="sm">
        {open > 0 && <p className={rows.soft}>{t("families.still_open", { open })}</p>}
        {done && kept ? (
          <StateMark state="full">{t("families.noted")}</StateMark>
        ) : (
          <Button
            size="lg"
            variant={open === 0 ? "filled" : "default"}
            disabled={open > 0 || !name.trim()}
            loading={answer.isPending}
            onClick={() => answer.mutate({ ...path, body: { name, children: toSend(said) } })}
          >
            {t(done ? "families.confirm_again" : "families.confirm")}
          </Button>
        )}
        {!done && (
          <Button variant="subtle" onClick={() => setRefusing(true)}>
            {t("families.refuse")}
          </Button>
        )}
      </Stack>
      <ConfirmDialog
        opened={refusing}
        onClose={() => setRefusing(false)}
        title={t("families.refuse_title", { names })}
        consequence={t("families.refuse_means")}
        verb={t("families.refuse")}
        onConfirm={() => refuse.mutate(path)}
        busy={refuse.isPending}
        error={refuse.error ? words(refuse.error) : undefined}
      />
    </>
  );
}

function answered(asked: Asked): Said {
  return Object.fromEntries(
    asked.children.map((child) => [
      child.id,
      Object.fromEntries(child.consents.flatMap((one) => (one.open ? [] : [[one.kind, one.granted === true]]))),
    ]),
  );
}

function toSend(said: Said): Record<string, Record<string, boolean>> {
  return said as Record<string, Record<string, boolean>>;
}

function Invitation({ token, asked }: { token: string; asked: Asked }) {
  const t = useText();
  const words = useErrorText();
  const { path, answer, refuse } = useAnswer(token);
  const names = asked.children.map((child) => child.name).join(t("ui.joiner"));
  const error = answer.error ?? refuse.error;
  return (
    <>
      <div>
        <Title order={1}>{t("families.invited", { names })}</Title>
        <Text c="dimmed">{t("families.asked_by", { who: who(t, asked) })}</Text>
      </div>
      <p>{t("families.invited_means")}</p>
      {error && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
      {asked.state === "answered" ? (
        <>
          <StateMark state="full">{t("families.joined")}</StateMark>
          <p>{t("families.joined_hint")}</p>
        </>
      ) : (
        <Stack gap="sm">
          <Button
            size="lg"
            loading={answer.isPending}
            onClick={() => answer.mutate({ ...path, body: { name: "", children: {} } })}
          >
            {t("families.join")}
          </Button>
          <Button size="lg" variant="default" loading={refuse.isPending} onClick={() => refuse.mutate(path)}>
            {t("families.not_me")}
          </Button>
        </Stack>
      )}
    </>
  );
}
