/** The code from the terminal: taken from the link, asked for where the link came without it. */
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Skeleton, useErrorText } from "@/ui";

export function CodeStep({ code, onKnown }: { code: string; onKnown: (code: string) => void }) {
  const t = useText();
  const errorText = useErrorText();
  const [typed, setTyped] = useState(code);
  const check = api.useMutation("post", "/api/setup/code", { onSuccess: (_, { body }) => onKnown(body.code) });
  const asked = useRef(false);
  useEffect(() => {
    if (code && !asked.current) {
      asked.current = true;
      check.mutate({ body: { code } });
    }
  }, [code, check.mutate]);
  if (code && !check.error) return <Skeleton />;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (typed.trim()) check.mutate({ body: { code: typed.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t("setup.code_where")}</Text>
        <TextInput
          label={t("setup.code")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          error={check.error ? errorText(check.error) : undefined}
        />
        <Button type="submit" loading={check.isPending}>
          {t("setup.next")}
        </Button>
      </Stack>
    </form>
  );
}
