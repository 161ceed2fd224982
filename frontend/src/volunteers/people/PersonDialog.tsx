/** One volunteer as those who plan see them: what waits for a look first, then the record. */
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, localDay, notifyDone, Section, StateMark, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { TimesInWords } from "../TimesInWords";
import { CertificateFor } from "./CertificateFor";
import { Limits } from "./Limits";
import { PaperConsent } from "./PaperConsent";
import styles from "./people.module.css";
import { type Person, useRefreshPerson } from "./usePerson";

type Proof = Person["profile"]["unproven"][number];

export function PersonDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const path = { params: { path: { volunteer_id: id } } };
  const person = api.useQuery("get", "/api/volunteers/{volunteer_id}", path);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={person.data?.profile.name ?? t("person.title")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Loaded query={person}>
        {(data) => (
          <Stack gap="lg">
            <Head person={data} />
            {data.profile.unproven.map((proof) => (
              <OneProof key={proof.id} proof={proof} />
            ))}
            {data.profile.consent !== "not_needed" && <PaperConsent person={data} />}
            <Checks person={data} />
            <Skills person={data} />
            <Section title={t("person.when")}>
              {data.profile.availability.length === 0 ? (
                <p className={rows.soft}>{t("person.no_when")}</p>
              ) : (
                <TimesInWords windows={data.profile.availability} />
              )}
            </Section>
            <Limits person={data} />
            <CertificateFor person={data} />
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

function Head({ person }: { person: Person }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const { profile } = person;
  const look = api.useQuery(
    "get",
    "/api/volunteers/{volunteer_id}/private",
    { params: { path: { volunteer_id: profile.id } } },
    { enabled: false, gcTime: 0 },
  );
  return (
    <div>
      <p>{[profile.volunteer_no, profile.phone, profile.home || profile.community].filter(Boolean).join(" · ")}</p>
      {look.data ? (
        <dl className={styles.private}>
          <dt>{t("person.phone")}</dt>
          <dd>{look.data.phone ? <a href={`tel:${look.data.phone}`}>{look.data.phone}</a> : t("person.unknown")}</dd>
          <dt>{t("person.born")}</dt>
          <dd>{look.data.birth_date ? dates.date(look.data.birth_date) : t("person.unknown")}</dd>
          <dt>{t("person.official_no")}</dt>
          <dd>{look.data.official_no || t("person.unknown")}</dd>
        </dl>
      ) : (
        <Group gap="sm">
          <Button variant="default" loading={look.isFetching} onClick={() => look.refetch()}>
            {t("person.look_into")}
          </Button>
          <span className={rows.soft}>{t("person.look_is_kept")}</span>
        </Group>
      )}
      {look.error && (
        <p role="alert" className={rows.error}>
          {words(look.error)}
        </p>
      )}
    </div>
  );
}

/** Said and not seen yet: one tap when the proof lies on the desk. */
function OneProof({ proof }: { proof: Proof }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshPerson();
  const [until, setUntil] = useState("");
  const onSuccess = async () => {
    await refresh();
    notifyDone(t("person.done"));
  };
  const verify = api.useMutation("post", "/api/volunteers/proofs/{proof_id}/verify", { onSuccess });
  const turnDown = api.useMutation("post", "/api/volunteers/proofs/{proof_id}/turn-down", { onSuccess });
  const path = { params: { path: { proof_id: proof.id } } };
  const error = verify.error ?? turnDown.error;
  return (
    <section className={rows.next}>
      <StateMark state="waiting">
        {proof.checked_on
          ? t("person.says_checked", { day: dates.date(proof.checked_on) })
          : t("person.says_skill", { skill: proof.skill })}
      </StateMark>
      {!proof.checked_on && (
        <TextInput
          type="date"
          label={t("person.proof_until")}
          min={localDay(new Date())}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      )}
      <Group gap="sm">
        <Button
          loading={verify.isPending}
          onClick={() => verify.mutate({ ...path, body: { valid_until: until || null } })}
        >
          {t("person.seen")}
        </Button>
        <Button variant="default" loading={turnDown.isPending} onClick={() => turnDown.mutate(path)}>
          {t("person.not_seen")}
        </Button>
      </Group>
      {error && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
    </section>
  );
}

function Checks({ person }: { person: Person }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshPerson();
  const [day, setDay] = useState("");
  const newest = person.profile.clearances[0];
  const record = api.useMutation("post", "/api/volunteers/{volunteer_id}/clearances", {
    onSuccess: async () => {
      await refresh();
      setDay("");
      notifyDone(t("person.done"));
    },
  });
  return (
    <Section title={t("person.check")}>
      {newest ? (
        <StateMark state={newest.valid ? "full" : "empty"}>
          {newest.valid
            ? t("person.check_until", { day: dates.date(newest.valid_until) })
            : t("person.check_over", { day: dates.date(newest.valid_until) })}
        </StateMark>
      ) : (
        <StateMark state="empty">{t("person.no_check")}</StateMark>
      )}
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label={t("person.new_check")}
          max={localDay(new Date())}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={day === ""}
          loading={record.isPending}
          onClick={() =>
            record.mutate({
              params: { path: { volunteer_id: person.profile.id } },
              body: { kind: "child", checked_on: day },
            })
          }
        >
          {t("person.record_check")}
        </Button>
      </Group>
      {record.error && (
        <p role="alert" className={rows.error}>
          {words(record.error)}
        </p>
      )}
    </Section>
  );
}

function Skills({ person }: { person: Person }) {
  const t = useText();
  const dates = useDates();
  const { skills } = person.profile;
  return (
    <Section title={t("person.skills")}>
      {skills.length === 0 && <p className={rows.soft}>{t("person.no_skills")}</p>}
      <ul className={rows.list}>
        {skills.map((skill) => (
          <li key={skill.id}>
            {skill.name}{" "}
            <span className={rows.soft}>
              {skill.valid_until
                ? t(`person.skill_${skill.state}_until`, { day: dates.date(skill.valid_until) })
                : t(`person.skill_${skill.state}`)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
