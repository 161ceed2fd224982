/** The code from the message. The sixth digit sends it; another code can be asked for after half a minute. */
import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { confirmCode, requestCode } from "@/api/auth";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import styles from "./sign-in.module.css";

const DIGITS = 6;
const PAUSE = 30;

interface Props {
  phone: string;
  /** No phone rings in the demo: the page of messages shows the code. */
  demo: boolean;
  onDone: () => void;
  onBack: () => void;
}

const digitsOf = (typed: string): string => typed.normalize("NFKC").replace(/\D/g, "").slice(0, DIGITS);

export function CodeForm({ phone, demo, onDone, onBack }: Props) {
  const t = useText();
  const words = useErrorText();
  const [code, setCode] = useState("");
  const [wait, restart] = useCountdown(PAUSE);
  const field = useRef<HTMLInputElement>(null);
  const confirm = useMutation({
    mutationFn: confirmCode,
    onSuccess: onDone,
    onError: () => {
      setCode("");
      field.current?.focus();
    },
  });
  const resend = useMutation({
    mutationFn: requestCode,
    onSuccess: () => {
      restart();
      setCode("");
      confirm.reset();
      notifyDone(t("sign_in.sent_again"));
    },
  });
  const error = confirm.error ?? resend.error;
  useEffect(() => field.current?.focus(), []);

  const type = (typed: string) => {
    const digits = digitsOf(typed);
    setCode(digits);
    if (digits.length === DIGITS && digits !== code && !confirm.isPending) confirm.mutate(digits);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (code) confirm.mutate(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t("sign_in.code_sent", { phone })}</Text>
        {demo && (
          <Text c="dimmed">
            {t("sign_in.demo_code")}{" "}
            <Anchor className={styles.messages} href="/messages" target="_blank" underline="always">
              {t("sign_in.demo_messages")}
            </Anchor>
          </Text>
        )}
        <TextInput
          ref={field}
          label={t("sign_in.code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => type(event.currentTarget.value)}
          error={error ? words(error) : undefined}
        />
        <Button type="submit" loading={confirm.isPending} disabled={code.length < DIGITS}>
          {t("sign_in.enter")}
        </Button>
        {wait > 0 ? (
          <Text c="dimmed" ta="center" className={styles.wait}>
            {t("sign_in.send_again_in", { seconds: wait })}
          </Text>
        ) : (
          <Button variant="subtle" loading={resend.isPending} onClick={() => resend.mutate(phone)}>
            {t("sign_in.send_again")}
          </Button>
        )}
        <Button variant="subtle" onClick={onBack}>
          {t("sign_in.other_phone")}
        </Button>
      </Stack>
    </form>
  );
}

/** Seconds left, and how to start over. */
function useCountdown(from: number): [number, () => void] {
  const [left, setLeft] = useState(from);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, () => setLeft(from)];
}
