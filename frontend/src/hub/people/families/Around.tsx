/** Guardians, who looks after the children day by day, and who may fetch them. */
import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./families.module.css";
import { PersonDialog, type Wanted } from "./PersonDialog";
import type { Family, Member } from "./types";
import { useRefreshFamilies } from "./useFamilies";

export function Around({ family }: { family: Family }) {
  const t = useText();
  const dates = useDates();
  const [adding, setAdding] = useState<Wanted>();
  const guardian = family.part === "guardian";
  const invited = family.asked.filter((one) => one.purpose === "guardian");
  const of = (part: Member["part"]) => family.members.filter((member) => member.part === part);
  return (
    <>
      <Section title={t("families.guardians")}>
        <ul className={rows.list}>
          {family.guardians.map((name) => (
            <li key={name}>{name}</li>
          ))}
          {invited.map((one) => (
            <li key={one.name} className={rows.soft}>
              {t("families.invited_at", { name: one.name, day: dates.date(one.sent_at) })}
            </li>
          ))}
        </ul>
        {guardian && family.confirmed && family.guardians.length < 2 && (
          <Button variant="subtle" className={rows.quiet} onClick={() => setAdding("guardian")}>
            {t("families.invite")}
          </Button>
        )}
      </Section>
      <Section title={t("families.caregivers")}>
        <p className={rows.soft}>{t("families.caregivers_hint")}</p>
        <Members members={of("caregiver")} family={family} may={guardian} />
        {guardian && (
          <Button variant="subtle" className={rows.quiet} onClick={() => setAdding("caregiver")}>
            {t("families.add_caregiver")}
          </Button>
        )}
      </Section>
      <Section title={t("families.pickups")}>
        <p className={rows.soft}>{t("families.pickups_hint")}</p>
        <Members members={of("pickup")} family={family} may={family.may_name_pickups} />
        {family.may_name_pickups && (
          <Button variant="subtle" className={rows.quiet} onClick={() => setAdding("pickup")}>
            {t("families.add_pickup")}
          </Button>
        )}
      </Section>
      {adding && <PersonDialog family={family.id} wanted={adding} onClose={() => setAdding(undefined)} />}
    </>
  );
}

function Members({ members, family, may }: { members: Member[]; family: Family; may: boolean }) {
  const t = useText();
  if (members.length === 0) return <p>{t("families.nobody")}</p>;
  return (
    <ul className={rows.list}>
      {members.map((member) => (
        <OneMember key={member.id} member={member} may={may} guardian={family.part === "guardian"} />
      ))}
    </ul>
  );
}

function OneMember({ member, may, guardian }: { member: Member; may: boolean; guardian: boolean }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshFamilies();
  const [asking, ask] = useState<"remove" | "code">();
  const onSuccess = async () => {
    ask(undefined);
    await refresh();
    notifyDone(t("families.kept"));
  };
  const remove = api.useMutation("delete", "/api/families/members/{member_id}", { onSuccess });
  const code = api.useMutation("post", "/api/families/members/{member_id}/code", { onSuccess });
  const allow = api.useMutation("put", "/api/families/members/{member_id}", { onSuccess });
  const path = { params: { path: { member_id: member.id } } };
  const said = { may_book: member.may_book, may_name_pickups: member.may_name_pickups };
  const shown = allow.isPending ? allow.variables.body : said;
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>
          {member.name}
          {member.relation && <span className={rows.soft}> {member.relation}</span>}
        </span>
        {member.phone && <span className={rows.soft}>{member.phone}</span>}
        {member.code && (
          <span>
            {t("families.code")} <strong className={styles.code}>{member.code}</strong>
          </span>
        )}
      </div>
      {member.part === "caregiver" && guardian && (
        <>
          <Switch
            size="md"
            label={t("families.may_book")}
            checked={shown.may_book}
            onChange={(event) => allow.mutate({ ...path, body: { ...shown, may_book: event.currentTarget.checked } })}
          />
          <Switch
            size="md"
            label={t("families.may_name_pickups")}
            checked={shown.may_name_pickups}
            onChange={(event) =>
              allow.mutate({ ...path, body: { ...shown, may_name_pickups: event.currentTarget.checked } })
            }
          />
        </>
      )}
      {may && (
        <div className={rows.told}>
          {member.part === "pickup" && (
            <Button
              variant="default"
              onClick={() => ask("code")}
              aria-label={t("families.new_code_of", { name: member.name })}
            >
              {t("families.new_code")}
            </Button>
          )}
          <Button
            variant="default"
            onClick={() => ask("remove")}
            aria-label={t("families.remove_which", { name: member.name })}
          >
            {t("families.remove")}
          </Button>
        </div>
      )}
      {allow.error && (
        <p role="alert" className={rows.error}>
          {words(allow.error)}
        </p>
      )}
      <ConfirmDialog
        opened={asking === "code"}
        onClose={() => ask(undefined)}
        title={t("ui.ask", { deed: t("families.new_code_of", { name: member.name }) })}
        consequence={t("families.new_code_means")}
        verb={t("families.new_code")}
        onConfirm={() => code.mutate(path)}
        busy={code.isPending}
        error={code.error ? words(code.error) : undefined}
      />
      <ConfirmDialog
        opened={asking === "remove"}
        onClose={() => ask(undefined)}
        title={t("families.remove_title", { name: member.name })}
        consequence={t(member.part === "pickup" ? "families.remove_pickup_means" : "families.remove_caregiver_means")}
        verb={t("families.remove")}
        onConfirm={() => remove.mutate(path)}
        busy={remove.isPending}
        error={remove.error ? words(remove.error) : undefined}
      />
    </li>
  );
}
