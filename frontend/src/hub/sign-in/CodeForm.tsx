import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { confirmCode, requestCode } from "@/api/auth";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";

interface Props {
  phone: string;
  onDone: () => void;
  onBack: () => void;
}

export function CodeForm({ phone, onDone, onBack }: Props) {
  const t = useText();
  const words = useErrorText();
  const [code, setCode] = useState("");
  const confirm = useMutation({ mutationFn: confirmCode, onSuccess: onDone });
  const resend = useMutation({ mutationFn: requestCode, onSuccess: () => notifyDone(t("sign_in.sent_again")) });
  const error = confirm.error ?? resend.error;

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (code.trim()) confirm.mutate(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t("sign_in.code_sent", { phone })}</Text>
        <TextInput
          label={t("sign_in.code")}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={error ? words(error) : undefined}
        />
        <Button type="submit" loading={confirm.isPending}>
          {t("sign_in.enter")}
        </Button>
        <Button variant="subtle" loading={resend.isPending} onClick={() => resend.mutate(phone)}>
          {t("sign_in.send_again")}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t("sign_in.other_phone")}
        </Button>
      </Stack>
    </form>
  );
}
