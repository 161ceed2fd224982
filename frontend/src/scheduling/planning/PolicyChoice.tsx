/** What a plan goes by: the presets and the chosen sites' own, each with what it does and costs. */
import { Button, Radio, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Section, Skeleton } from "@/ui";
import { PolicyDialog } from "./PolicyDialog";
import styles from "./planning.module.css";
import { policyKey, usePolicyMeaning, usePolicyName } from "./policyWords";
import type { DeskHub, HubPolicy } from "./types";

const usePolicies = () => api.useQuery("get", "/api/planning/policies", {}, { staleTime: 60_000 });

const BALANCED = "balanced";
const keyOf = (one: HubPolicy | undefined): string =>
  one?.usual === "own" && one.own ? policyKey(one.own) : (one?.usual ?? BALANCED);

/** What all of these sites usually go by. */
export function useUsual(hubs: number[]): string {
  const { data } = usePolicies();
  const usual = new Set(hubs.map((id) => keyOf(data?.hubs.find(({ hub }) => hub === id))));
  const [first] = usual;
  return usual.size === 1 && first ? first : BALANCED;
}

interface Props {
  /** The chosen sites. */
  hubs: DeskHub[];
  value: string;
  onChange: (policy: string) => void;
}

export function PolicyChoice({ hubs, value, onChange }: Props) {
  const t = useText();
  const name = usePolicyName();
  const meaning = usePolicyMeaning();
  const [editing, setEditing] = useState(false);
  const policies = usePolicies();
  return (
    <Section
      title={t("plan.policy")}
      aside={
        hubs.length > 0 && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t("plan.policy_edit")}
          </Button>
        )
      }
    >
      <Text c="dimmed">{t("plan.policy_hint")}</Text>
      <Loaded query={policies} skeleton={<Skeleton lines={5} />}>
        {(data) => {
          const own = data.hubs.flatMap((one) => (one.own && hubs.some(({ id }) => id === one.hub) ? [one.own] : []));
          return (
            <Radio.Group value={value} onChange={onChange} aria-label={t("plan.policy")}>
              <div className={styles.policies}>
                {[...data.presets, ...own].map((policy) => (
                  <Radio
                    key={policyKey(policy)}
                    value={policyKey(policy)}
                    classNames={{ label: styles.policy, description: styles.policyMeans }}
                    label={name(policy)}
                    description={[hubs.length > 1 && hubs.find(({ id }) => id === policy.hub)?.name, meaning(policy)]
                      .filter(Boolean)
                      .join(t("plan.colon"))}
                  />
                ))}
              </div>
              {editing && <PolicyDialog policies={data} hubs={hubs} onClose={() => setEditing(false)} />}
            </Radio.Group>
          );
        }}
      </Loaded>
    </Section>
  );
}
