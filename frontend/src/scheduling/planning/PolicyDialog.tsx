/** What a site usually plans by, and a policy of its own: goals put in order. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Icon, notifyDone, useErrorText } from "@/ui";
import { Dialog } from "./Dialog";
import styles from "./planning.module.css";
import { usePolicyName } from "./policyWords";
import type { DeskHub, Goal, HubPolicy } from "./types";

type Policies = components["schemas"]["PoliciesOut"];
const START: Goal[] = ["fair", "wishes", "familiar", "near", "steady"];
const OWN = "own";

interface Props {
  policies: Policies;
  hubs: DeskHub[];
  onClose: () => void;
}

export function PolicyDialog({ policies, hubs, onClose }: Props) {
  const t = useText();
  const [hub, setHub] = useState(String(hubs[0]?.id));
  return (
    <Dialog title={t("plan.policy_edit")} onClose={onClose}>
      {hubs.length > 1 && (
        <NativeSelect
          label={t("plan.site")}
          value={hub}
          onChange={(event) => setHub(event.currentTarget.value)}
          data={hubs.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
      <Form
        key={hub}
        hub={Number(hub)}
        policies={policies}
        saved={policies.hubs.find((one) => one.hub === Number(hub))}
        onDone={onClose}
      />
    </Dialog>
  );
}

interface FormProps {
  hub: number;
  policies: Policies;
  saved?: HubPolicy;
  onDone: () => void;
}

function Form({ hub, policies, saved, onDone }: FormProps) {
  const t = useText();
  const words = useErrorText();
  const presetName = usePolicyName();
  const cache = useQueryClient();
  const [usual, setUsual] = useState(saved?.usual ?? "balanced");
  const [hasOwn, setHasOwn] = useState(Boolean(saved?.own));
  const [name, setName] = useState(saved?.own?.name ?? "");
  const [sentence, setSentence] = useState(saved?.own?.sentence ?? "");
  const [goals, setGoals] = useState<Goal[]>((saved?.own?.goals as Goal[] | undefined) ?? START);
  const save = api.useMutation("put", "/api/planning/policies/{hub_id}", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/planning/policies"] });
      notifyDone(t("ui.saved"));
      onDone();
    },
  });
  const failure: unknown = save.error;
  const body = hasOwn
    ? { usual, name, sentence, goals }
    : { usual: usual === OWN ? "balanced" : usual, name: "", sentence: "", goals: [] };
  return (
    <>
      <Radio.Group label={t("plan.policy_usual")} value={usual} onChange={setUsual}>
        <Stack gap="sm" mt="xs">
          {policies.presets.map((policy) => (
            <Radio key={policy.code} value={policy.code} label={presetName(policy)} />
          ))}
          {hasOwn && <Radio value={OWN} label={name || t("plan.policy_own")} />}
        </Stack>
      </Radio.Group>
      <Checkbox
        checked={hasOwn}
        onChange={(event) => setHasOwn(event.currentTarget.checked)}
        label={t("plan.policy_has_own")}
        description={saved?.own && !hasOwn && t("plan.policy_own_goes", { name: saved.own.name })}
      />
      {hasOwn && (
        <>
          <TextInput
            label={t("plan.policy_name")}
            maxLength={40}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t("plan.policy_sentence")}
            maxLength={200}
            autosize
            value={sentence}
            onChange={(event) => setSentence(event.currentTarget.value)}
          />
          <div>
            <Text>{t("plan.policy_own_hint")}</Text>
            <Order goals={goals} onChange={setGoals} />
          </div>
        </>
      )}
      {failure !== null && (
        <Text c="var(--empty)" role="alert">
          {words(failure)}
        </Text>
      )}
      <Group justify="flex-end">
        <Button loading={save.isPending} onClick={() => save.mutate({ params: { path: { hub_id: hub } }, body })}>
          {t("ui.save")}
        </Button>
      </Group>
    </>
  );
}

function Order({ goals, onChange }: { goals: Goal[]; onChange: (goals: Goal[]) => void }) {
  const t = useText();
  const up = (at: number) => {
    const moved = [...goals];
    moved.splice(at - 1, 0, ...moved.splice(at, 1));
    onChange(moved);
  };
  return (
    <ol className={styles.goals}>
      {goals.map((goal, at) => (
        <li key={goal} className={styles.candidate}>
          <span>
            <strong>
              {at + 1}. {t(`plan_goal.${goal}`)}
            </strong>
            <Text size="sm" c="dimmed">
              {t(`plan_goal_means.${goal}`)}
            </Text>
          </span>
          {at > 0 && (
            <ActionIcon
              aria-label={t("plan.policy_up", { goal: t(`plan_goal.${goal}`) })}
              variant="default"
              onClick={() => up(at)}
            >
              <Icon name="up" />
            </ActionIcon>
          )}
        </li>
      ))}
    </ol>
  );
}
