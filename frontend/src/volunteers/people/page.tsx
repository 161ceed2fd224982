/** 人员: find a volunteer, and see what waits for a look: proofs, what ends soon, minors without consent. */
import { Button, NativeSelect, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, OpenCard, Page, Pager, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { PersonDialog } from "./PersonDialog";
import styles from "./people.module.css";
import { SkillRules } from "./SkillRules";

type Row = components["schemas"]["VolunteerRowOut"];
type Look = "all" | "unproven" | "ending" | "minors";
const LOOKS: Look[] = ["all", "unproven", "ending", "minors"];
const PAGE = 50;

export default function PeoplePage() {
  const t = useText();
  const [parameters, setParameters] = useSearchParams();
  const look = LOOKS.find((one) => one === parameters.get("look")) ?? "all";
  const [text, setText] = useState("");
  const [skill, setSkill] = useState("");
  const [hub, setHub] = useState("");
  const [skip, setSkip] = useState(0);
  const [openId, setOpenId] = useState<number>();
  const [ruling, setRuling] = useState(false);
  const [q] = useDebouncedValue(text.trim(), 250);
  const choices = api.useQuery("get", "/api/volunteers/choices", {}, { staleTime: 600_000 }).data;
  const counts = api.useQuery("get", "/api/volunteers/counts", {}).data;
  const query = { q, look, skip, skill: Number(skill) || undefined, hub: Number(hub) || undefined };
  const people = api.useQuery("get", "/api/volunteers", { params: { query } }, { placeholderData: keepPreviousData });
  const anew = (change: () => void) => {
    change();
    setSkip(0);
  };
  const label = (one: Look) => {
    const n =
      counts && { all: counts.people, unproven: counts.unproven, ending: counts.ending, minors: counts.minors }[one];
    return n === undefined ? t(`person.look_${one}`) : t("person.look_n", { look: t(`person.look_${one}`), n });
  };
  return (
    <Page
      title={t("person.title")}
      lead={t("person.lead")}
      actions={
        <Button variant="default" onClick={() => setRuling(true)}>
          {t("person.skill_rules")}
        </Button>
      }
    >
      <SegmentedControl
        className={styles.looks}
        value={look}
        onChange={(value) => anew(() => setParameters(value === "all" ? {} : { look: value }))}
        aria-label={t("person.look")}
        data={LOOKS.map((one) => ({ value: one, label: label(one) }))}
      />
      <TextInput
        label={t("person.search")}
        placeholder={t("person.search_hint")}
        type="search"
        leftSection={<Icon name="find" />}
        value={text}
        onChange={(event) => anew(() => setText(event.currentTarget.value))}
      />
      <div className={rows.filters}>
        <NativeSelect
          label={t("person.skill")}
          value={skill}
          onChange={(event) => anew(() => setSkill(event.currentTarget.value))}
          data={[
            { value: "", label: t("person.any") },
            ...(choices?.skills ?? []).map((one) => ({ value: String(one.id), label: one.name })),
          ]}
        />
        <NativeSelect
          label={t("person.hub")}
          value={hub}
          onChange={(event) => anew(() => setHub(event.currentTarget.value))}
          data={[
            { value: "", label: t("person.any") },
            ...(choices?.hubs ?? []).map((one) => ({ value: String(one.id), label: one.name })),
          ]}
        />
      </div>
      <Loaded query={people}>
        {(data) => (
          <Stack gap="md">
            {data.people.length === 0 && <EmptyState title={t("person.none")}>{t("person.none_hint")}</EmptyState>}
            <ul className={styles.list}>
              {data.people.map((row) => (
                <li key={row.id}>
                  <OpenCard onOpen={() => setOpenId(row.id)}>
                    <PersonRow row={row} />
                  </OpenCard>
                </li>
              ))}
            </ul>
            <Pager skip={skip} size={PAGE} more={data.more} onSkip={setSkip} />
          </Stack>
        )}
      </Loaded>
      {openId !== undefined && <PersonDialog id={openId} onClose={() => setOpenId(undefined)} />}
      {ruling && <SkillRules onClose={() => setRuling(false)} />}
    </Page>
  );
}

function PersonRow({ row }: { row: Row }) {
  const t = useText();
  const dates = useDates();
  return (
    <span className={rows.facts}>
      <span className={styles.head}>
        <span className={rows.name}>{row.name}</span>
        <span className={rows.soft}>{row.phone}</span>
        {!row.active && <StateMark state="cancelled">{t("person.inactive")}</StateMark>}
        {row.unproven > 0 && <StateMark state="waiting">{t("person.unproven", { n: row.unproven })}</StateMark>}
      </span>
      <span className={rows.soft}>
        {[row.home || row.community, ...row.skills.map((skill) => skill.name)].join(" · ")}
      </span>
      {row.check_until && (
        <span className={rows.soft}>{t("person.check_until", { day: dates.date(row.check_until) })}</span>
      )}
    </span>
  );
}
