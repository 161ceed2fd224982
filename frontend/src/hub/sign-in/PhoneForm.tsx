import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isPhone, requestCode } from "@/api/auth";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";

export function PhoneForm({ onSent }: { onSent: (phone: string) => void }) {
  const t = useText();
  const words = useErrorText();
  const [phone, setPhone] = useState("");
  const [fault, setFault] = useState<string>();
  const send = useMutation({ mutationFn: requestCode, onSuccess: () => onSent(phone) });

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const valid = isPhone(phone);
    setFault(valid ? undefined : t("sign_in.phone_invalid"));
    if (valid) send.mutate(phone);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t("sign_in.phone")}
          description={t("sign_in.phone_hint")}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          error={fault ?? (send.error ? words(send.error) : undefined)}
        />
        <Button type="submit" loading={send.isPending}>
          {t("sign_in.send_code")}
        </Button>
      </Stack>
    </form>
  );
}
