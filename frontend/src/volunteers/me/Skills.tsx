/** What I can: each skill with how it stands. Where proof is needed it counts once the site has seen one. */
import { Button, Group, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, type SessionState, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { type Profile, useChoices, useShowProfile } from "./useProfile";

export type Skill = Profile["skills"][number];
const marks: Record<Skill["state"], SessionState> = {
  held: "full",
  verified: "full",
  claimed: "waiting",
  expired: "empty",
};

export function Skills({ profile }: { profile: Profile }) {
  const t = useText();
  const choices = useChoices();
  const words = useErrorText();
  const [wish, setWish] = useState("");
  const [asked, ask] = useState<Skill>();
  const onSuccess = useShowProfile();
  const add = api.useMutation("post", "/api/volunteers/me/skills", { onSuccess });
  const drop = api.useMutation("delete", "/api/volunteers/me/skills/{skill_id}", { onSuccess });
  const dropIt = ({ id }: Skill) =>
    drop.mutate({ params: { path: { skill_id: id } } }, { onSuccess: () => ask(undefined) });
  const mine = new Set(profile.skills.filter((skill) => skill.state !== "expired").map((skill) => skill.id));
  const others = (choices?.skills ?? []).filter((skill) => !mine.has(skill.id));
  const wished = others.find((skill) => String(skill.id) === wish);
  return (
    <>
      {profile.skills.length === 0 && <p className={rows.soft}>{t("me.no_skills")}</p>}
      <ul className={rows.list}>
        {profile.skills.map((skill) => (
          <li key={skill.id} className={rows.row}>
            <div className={rows.foot}>
              <SkillFacts skill={skill} />
              <Button
                variant="subtle"
                loading={drop.isPending && drop.variables.params.path.skill_id === skill.id}
                aria-label={t("me.drop_which_skill", { skill: skill.name })}
                onClick={() => (skill.state === "verified" ? ask(skill) : dropIt(skill))}
              >
                {t("me.drop_skill")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t("me.add_skill")}
          description={wished?.needs_proof ? t("me.skill_needs_proof") : undefined}
          value={wish}
          onChange={(event) => setWish(event.currentTarget.value)}
          data={[
            { value: "", label: t("me.choose_skill") },
            ...others.map((skill) => ({ value: String(skill.id), label: skill.name })),
          ]}
        />
        <Button
          variant="default"
          disabled={!wished}
          loading={add.isPending}
          onClick={() => wished && add.mutate({ body: { skill: wished.id } }, { onSuccess: () => setWish("") })}
        >
          {t("me.add")}
        </Button>
      </Group>
      <Problem error={add.error ?? (asked ? null : drop.error)} />
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => {
            drop.reset();
            ask(undefined);
          }}
          title={t("ui.ask", { deed: t("me.drop_which_skill", { skill: asked.name }) })}
          consequence={t("me.drop_skill_means")}
          verb={t("me.drop_skill")}
          onConfirm={() => dropIt(asked)}
          busy={drop.isPending}
          error={drop.error ? words(drop.error) : undefined}
        />
      )}
    </>
  );
}

export function SkillFacts({ skill }: { skill: Skill }) {
  const t = useText();
  const dates = useDates();
  const until = skill.valid_until ? dates.date(skill.valid_until) : "";
  return (
    <span className={rows.facts}>
      <span className={rows.name}>{skill.name}</span>
      {skill.state !== "held" && (
        <StateMark state={marks[skill.state]}>
          {skill.state === "verified" && until ? t("skill.verified_until", { until }) : t(`skill.${skill.state}`)}
        </StateMark>
      )}
    </span>
  );
}
