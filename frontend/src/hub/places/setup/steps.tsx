/** One question a step; what was entered stays when going back. */
import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { isPhone, plainPhone } from "@/api/auth";
import { useText } from "@/i18n";
import type { Plan } from "./plan";
import styles from "./setup.module.css";

interface Props<Value> {
  value: Value;
  onNext: (value: Value) => void;
  onBack?: () => void;
  busy?: boolean;
}

export function AdministratorStep({ value, onNext }: Props<Plan["administrator"]>) {
  const t = useText();
  const [fault, setFault] = useState<string>();
  return (
    <Step<Plan["administrator"]>
      name="administrator"
      value={value}
      fields={[
        { key: "name", required: true, autoComplete: "name" },
        { key: "phone", required: true, type: "tel", autoComplete: "tel", error: fault },
      ]}
      onNext={(filled) => {
        setFault(isPhone(filled.phone) ? undefined : t("setup.phone_invalid"));
        if (isPhone(filled.phone)) onNext({ ...filled, phone: plainPhone(filled.phone) });
      }}
    />
  );
}

export function DistrictStep(props: Props<Plan["district"]>) {
  return (
    <Step<Plan["district"]>
      name="district"
      fields={[
        { key: "name", required: true },
        { key: "code", inputMode: "numeric", maxLength: 12 },
      ]}
      {...props}
    />
  );
}

export function HubStep(props: Props<Plan["hub"]>) {
  return (
    <Step<Plan["hub"]>
      name="hub"
      fields={[
        { key: "name", required: true },
        { key: "subdistrict" },
        { key: "community" },
        { key: "address", maxLength: 200 },
        { key: "opening", maxLength: 200 },
      ]}
      last
      {...props}
    />
  );
}

interface Field<Key> {
  key: Key;
  required?: boolean;
  type?: string;
  inputMode?: "numeric";
  autoComplete?: string;
  maxLength?: number;
  error?: string;
}

interface StepProps<Value> extends Props<Value> {
  name: string;
  fields: Field<keyof Value & string>[];
  last?: boolean;
}

function Step<Value extends Record<string, string>>({
  name,
  fields,
  value,
  onNext,
  onBack,
  busy,
  last,
}: StepProps<Value>) {
  const t = useText();
  const [filled, setFilled] = useState(value);
  const [missing, setMissing] = useState<string>();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const gap = fields.find((field) => field.required && !filled[field.key]?.trim());
    setMissing(gap?.key);
    if (!gap) onNext(filled);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Title order={2}>{t(`setup.${name}`)}</Title>
        <Text c="dimmed">{t(`setup.${name}_hint`)}</Text>
        {fields.map(({ key, error, required, maxLength = 60, ...rest }) => (
          <TextInput
            key={key}
            label={t(`setup.${name}.${key}`)}
            placeholder={t("setup.example", { example: t(`setup.${name}.${key}_example`) })}
            value={filled[key]}
            onChange={(event) => setFilled({ ...filled, [key]: event.currentTarget.value })}
            error={missing === key ? t("setup.missing") : error}
            required={required}
            maxLength={maxLength}
            {...rest}
          />
        ))}
        <div className={styles.onward}>
          {onBack && (
            <Button variant="default" onClick={onBack}>
              {t("setup.back")}
            </Button>
          )}
          <Button type="submit" loading={busy}>
            {last ? t("setup.finish") : t("setup.next")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
