/** How much is enough in a week. */
import { Button, Modal, NumberInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { type Profile, useCorrect } from "./useProfile";

const HOUR = 60;
const number = (value: string | number): number | null => (value === "" ? null : Number(value));

export default function LimitsDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [sessions, setSessions] = useState<string | number>(profile.max_sessions ?? "");
  const [hours, setHours] = useState<string | number>(
    profile.max_minutes === null ? "" : Math.round(profile.max_minutes / 6) / 10,
  );
  const save = useCorrect();
  const body = {
    max_sessions: number(sessions),
    max_minutes: number(hours) === null ? null : Math.round(Number(hours) * HOUR),
  };
  return (
    <Modal opened onClose={onClose} title={t("me.limits")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.correct(body, onClose);
        }}
      >
        <Stack gap="md">
          <p className={rows.soft}>{t("me.limits_hint")}</p>
          <NumberInput
            label={t("me.limit_sessions")}
            value={sessions}
            onChange={setSessions}
            min={0}
            max={42}
            allowDecimal={false}
            inputMode="numeric"
          />
          <NumberInput
            label={t("me.limit_hours")}
            value={hours}
            onChange={setHours}
            min={0}
            max={168}
            decimalScale={1}
            inputMode="decimal"
          />
          <Problem error={save.error} />
          <Button type="submit" loading={save.isPending}>
            {t("me.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
