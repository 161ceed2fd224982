/** What I like, where I start from, how I am written to, and my numbers. */
import { Button, Chip, Group, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Section, say } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./me.module.css";
import { Problem } from "./Problem";
import { type Profile, useChoices, useCorrect } from "./useProfile";

const tall = () => ({ root: { "--chip-size": "var(--target)", "--chip-fz": "1rem" } });

export function Preferences({ profile }: { profile: Profile }) {
  const t = useText();
  const choices = useChoices();
  const save = useCorrect();
  return (
    <>
      <Section title={t("me.kinds")}>
        <Chip.Group
          multiple
          value={profile.preferred_kinds}
          onChange={(kinds) => save.correct({ preferred_kinds: kinds })}
        >
          <fieldset className={styles.choices} aria-label={t("me.kinds")}>
            {(choices?.kinds ?? []).map((kind) => (
              <Chip key={kind} value={kind} vars={tall}>
                {say(t, "me", `kind_${kind}`, {}, "me.kind_other")}
              </Chip>
            ))}
          </fieldset>
        </Chip.Group>
      </Section>
      <Section title={t("me.home")}>
        <NativeSelect
          aria-label={t("me.home")}
          description={t("me.home_hint")}
          value={String(profile.home_id ?? "")}
          onChange={(event) => save.correct({ home: Number(event.currentTarget.value) || null })}
          data={[
            { value: "", label: t("me.no_home") },
            ...(choices?.hubs ?? []).map((hub) => ({ value: String(hub.id), label: hub.name })),
          ]}
        />
        <NativeSelect
          label={t("me.language")}
          value={profile.language || "zh-hans"}
          onChange={(event) => save.correct({ language: event.currentTarget.value })}
          data={[
            { value: "zh-hans", label: t("me.language_zh") },
            { value: "en", label: t("me.language_en") },
          ]}
        />
      </Section>
      <Section title={t("me.numbers")}>
        <p>{t("me.volunteer_no", { number: profile.volunteer_no })}</p>
        <OfficialNumber masked={profile.official_no} />
      </Section>
      <Problem error={save.error} />
    </>
  );
}

function OfficialNumber({ masked }: { masked: string }) {
  const t = useText();
  const [number, setNumber] = useState("");
  const save = useCorrect();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.correct({ official_no: number }, () => setNumber(""));
      }}
    >
      <p className={rows.soft}>{masked ? t("me.official_no_is", { number: masked }) : t("me.official_no_none")}</p>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t("me.official_no")}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          maxLength={30}
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={!number.trim()} loading={save.isPending}>
          {t("me.save")}
        </Button>
      </Group>
      <Problem error={save.error} />
    </form>
  );
}
