/** Under 18: a guardian has to agree first. Ask them by a message from here. */
import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { type Profile, useShowProfile } from "./useProfile";

const marks = { given: "full", asked: "waiting", missing: "empty", refused: "empty", not_needed: "full" } as const;

export function Guardian({ profile }: { profile: Profile }) {
  const t = useText();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const ask = api.useMutation("post", "/api/volunteers/me/guardian", { onSuccess: useShowProfile() });
  return (
    <>
      <p>
        <StateMark state={marks[profile.consent]}>{t(`me.consent_${profile.consent}`)}</StateMark>
      </p>
      {profile.consent !== "given" && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate({ body: { name, phone } });
          }}
        >
          <Stack gap="sm">
            <p className={rows.soft}>{t("me.consent_hint")}</p>
            <TextInput
              label={t("me.guardian_name")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={60}
              required
            />
            <TextInput
              label={t("me.guardian_phone")}
              type="tel"
              inputMode="tel"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
              required
            />
            <Problem error={ask.error} />
            <Button type="submit" variant="default" disabled={!name.trim() || !phone.trim()} loading={ask.isPending}>
              {profile.consent === "missing" ? t("me.ask_guardian") : t("me.ask_guardian_again")}
            </Button>
          </Stack>
        </form>
      )}
    </>
  );
}
