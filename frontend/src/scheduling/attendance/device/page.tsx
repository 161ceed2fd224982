/** The tablet at a hub's door: the code for phones, the camera and a field for cards, and who is here. Works offline. */
import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Skeleton, useErrorText } from "@/ui";
import { keepOffline } from "./offline";
import { Tablet } from "./Tablet";
import { useDevice } from "./useDevice";

export default function DevicePage() {
  const t = useText();
  const device = useDevice();
  const { loading, sheet, fault } = device.state;
  useEffect(() => {
    keepOffline().catch(() => undefined);
  }, []);
  return (
    <BarePage title={t("tablet.title")} named wide={sheet !== undefined}>
      {!window.isSecureContext ? (
        <EmptyState order={1} title={t("tablet.insecure")}>
          {t("tablet.insecure_hint")}
        </EmptyState>
      ) : loading ? (
        <Skeleton />
      ) : sheet ? (
        <Tablet sheet={sheet} device={device} />
      ) : (
        <Pairing fault={fault} onPair={device.pair} />
      )}
    </BarePage>
  );
}

function Pairing({ fault, onPair }: { fault: string | undefined; onPair: (code: string) => Promise<void> }) {
  const t = useText();
  const words = useErrorText();
  const [code, setCode] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    await onPair(code).catch(setError);
    setBusy(false);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Title order={1}>{t("tablet.pair")}</Title>
        {fault === "device_revoked" && <Text role="alert">{t("errors.device_revoked")}</Text>}
        <Text>{t("tablet.pair_hint")}</Text>
        <TextInput
          label={t("tablet.code")}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          size="lg"
          error={error ? words(error) : undefined}
        />
        <Button type="submit" loading={busy} disabled={code.replace(/\D/g, "").length < 8}>
          {t("tablet.pair_do")}
        </Button>
      </Stack>
    </form>
  );
}
