/** Whom the session needs: a line a role. */
import { ActionIcon, Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Icon } from "@/ui";

export type NeedDraft = components["schemas"]["SessionNeed"] & { key: string };

const MODES: NeedDraft["mode"][] = ["instant", "approval", "plan", "invited"];

let counter = 0;
export const newNeed = (): NeedDraft => ({
  key: `new-${counter++}`,
  id: null,
  role: "",
  min: 1,
  target: 1,
  priority: 2,
  skill_id: null,
  clearance: "",
  mode: "instant",
});

export const needsFit = (needs: NeedDraft[]): boolean =>
  needs.every((need) => need.role.trim() !== "" && need.min <= need.target);

interface Props {
  needs: NeedDraft[];
  onChange: (needs: NeedDraft[]) => void;
  skills: { id: number; name: string }[];
}

export function NeedsEditor({ needs, onChange, skills }: Props) {
  const t = useText();
  const set = (key: string, values: Partial<NeedDraft>) =>
    onChange(needs.map((need) => (need.key === key ? { ...need, ...values } : need)));
  const number = (value: string | number) => Math.max(0, Math.round(Number(value) || 0));
  return (
    <Stack gap="md" component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" fw={600}>
        {t("session.needs")}
      </Text>
      {needs.map((need) => (
        <Stack key={need.key} gap="sm" pb="md" style={{ borderBottom: "1px solid var(--line)" }}>
          <Group gap="sm" align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              label={t("session.role")}
              maxLength={40}
              value={need.role}
              onChange={(event) => set(need.key, { role: event.currentTarget.value })}
              required
            />
            <ActionIcon
              aria-label={t("session.remove_role", { role: need.role || t("session.role") })}
              onClick={() => onChange(needs.filter((one) => one.key !== need.key))}
            >
              <Icon name="close" />
            </ActionIcon>
          </Group>
          <Group grow gap="sm" align="flex-start">
            <NumberInput
              label={t("session.min")}
              min={0}
              max={500}
              value={need.min}
              onChange={(value) => set(need.key, { min: number(value) })}
            />
            <NumberInput
              label={t("session.target")}
              min={0}
              max={500}
              value={need.target}
              onChange={(value) => set(need.key, { target: number(value) })}
              error={need.min > need.target ? t("session.min_above_target") : undefined}
            />
            <NativeSelect
              label={t("session.skill")}
              value={need.skill_id ?? ""}
              onChange={(event) => set(need.key, { skill_id: Number(event.currentTarget.value) || null })}
              data={[
                { value: "", label: t("session.any_skill") },
                ...skills.map((skill) => ({ value: String(skill.id), label: skill.name })),
              ]}
            />
          </Group>
          <NativeSelect
            label={t("session.mode")}
            value={need.mode}
            onChange={(event) => set(need.key, { mode: event.currentTarget.value as NeedDraft["mode"] })}
            data={MODES.map((mode) => ({ value: mode, label: t(`session.mode.${mode}`) }))}
          />
          <Checkbox
            label={t("session.needs_check")}
            checked={need.clearance === "child"}
            onChange={(event) => set(need.key, { clearance: event.currentTarget.checked ? "child" : "" })}
          />
        </Stack>
      ))}
      <Button variant="default" leftSection={<Icon name="join" />} onClick={() => onChange([...needs, newNeed()])}>
        {t("session.add_role")}
      </Button>
    </Stack>
  );
}
