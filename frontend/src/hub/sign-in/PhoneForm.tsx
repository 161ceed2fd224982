import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isPhone, requestCode } from "@/api/auth";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";

interface Props {
  /** Who comes for the first time, to start a family: the number may be new here. */
  first: boolean;
  onSent: (phone: string) => void;
}

export function PhoneForm({ first, onSent }: Props) {
  const t = useText();
  const words = useErrorText();
  const [phone, setPhone] = useState("");
  const [fault, setFault] = useState<string>();
  const begin = api.useMutation("post", "/api/families/begin");
  const send = useMutation({
    mutationFn: async (number: string) => {
      if (first) await begin.mutateAsync({});
      await requestCode(number);
    },
    onSuccess: () => onSent(phone),
  });

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
