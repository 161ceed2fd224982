/** The first run: administrator, district, first hub; then the week's workbook. The link in the terminal leads here. */
import { Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Greeting, Loaded, useErrorText } from "@/ui";
import { CodeStep } from "./CodeStep";
import { Done } from "./Done";
import { empty, type Plan, STEPS } from "./plan";
import styles from "./setup.module.css";
import { AdministratorStep, DistrictStep, HubStep } from "./steps";

export default function SetupPage() {
  const t = useText();
  const { hash } = useLocation();
  const state = api.useQuery("get", "/api/setup");
  const [done, setDone] = useState(false);
  return (
    <BarePage title={t("setup.title")}>
      <Loaded query={state}>
        {({ open }) =>
          open || done ? (
            <>
              <Greeting title={t("setup.title")} lead={t("setup.lead")} />
              {done ? <Done /> : <Wizard code={decodeURIComponent(hash.slice(1))} onDone={() => setDone(true)} />}
            </>
          ) : (
            <EmptyState
              picture="door"
              order={1}
              title={t("setup.closed")}
              action={
                <Button component={Link} to="/">
                  {t("setup.sign_in")}
                </Button>
              }
            >
              {t("setup.closed_hint")}
            </EmptyState>
          )
        }
      </Loaded>
    </BarePage>
  );
}

function Wizard({ code: fromLink, onDone }: { code: string; onDone: () => void }) {
  const t = useText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [code, setCode] = useState(fromLink);
  const [known, setKnown] = useState(false);
  const [step, setStep] = useState(0);
  const [plan, setPlan] = useState<Plan>(empty);
  const send = api.useMutation("post", "/api/setup", {
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ["get", "/api/me"] });
    },
  });
  if (!known) {
    return (
      <CodeStep
        code={code}
        onKnown={(right) => {
          setCode(right);
          setKnown(true);
        }}
      />
    );
  }
  const keep = <Part extends keyof Plan>(part: Part, value: Plan[Part]) => {
    const next = { ...plan, [part]: value };
    setPlan(next);
    if (step < STEPS.length - 1) setStep(step + 1);
    else send.mutate({ body: { code, ...next } });
  };
  const back = step > 0 ? () => setStep(step - 1) : undefined;
  return (
    <Stack gap="lg">
      <ol className={styles.steps}>
        {STEPS.map((name, index) => (
          <li key={name} aria-current={index === step ? "step" : undefined} data-done={index < step || undefined}>
            {t(`setup.step.${name}`)}
          </li>
        ))}
      </ol>
      {step === 0 && <AdministratorStep value={plan.administrator} onNext={(value) => keep("administrator", value)} />}
      {step === 1 && <DistrictStep value={plan.district} onNext={(value) => keep("district", value)} onBack={back} />}
      {step === 2 && (
        <HubStep value={plan.hub} onNext={(value) => keep("hub", value)} onBack={back} busy={send.isPending} />
      )}
      {send.error && (
        <Text role="alert" c="var(--empty)">
          {errorText(send.error)}
        </Text>
      )}
    </Stack>
  );
}
