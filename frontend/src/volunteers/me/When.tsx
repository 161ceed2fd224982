/** When I can come in general, and how much: said in words, changed in a dialog. */
import { Button, Group, Modal, NumberInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useElder, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { TimesInWords } from "../TimesInWords";
import styles from "../volunteers.module.css";
import { WeekEditor } from "../WeekEditor";
import { isSound, type Window } from "../windows";
import { Problem } from "./Problem";
import { type Profile, useCorrect } from "./useProfile";

const HOUR = 60;

export function When({ profile }: { profile: Profile }) {
  const t = useText();
  const elder = useElder();
  const [open, setOpen] = useState<"times" | "limits">();
  const { availability, availability_text: said, max_sessions: sessions, max_minutes: minutes } = profile;
  return (
    <>
      {availability.length === 0 && <p className={rows.soft}>{t("me.no_when")}</p>}
      <TimesInWords windows={availability} />
      {availability.length === 0 && said && <p className={rows.soft}>{t("me.when_said", { text: said })}</p>}
      <ul className={styles.lines}>
        {sessions !== null && <li>{t("me.most_sessions", { count: sessions })}</li>}
        {minutes !== null && <li>{t("me.most_hours", { hours: Math.round(minutes / 6) / 10 })}</li>}
      </ul>
      <Group gap="sm">
        <Button variant="default" onClick={() => setOpen("times")}>
          {t("me.change_when")}
        </Button>
        {!elder && (
          <Button variant="default" onClick={() => setOpen("limits")}>
            {t("me.change_limits")}
          </Button>
        )}
      </Group>
      {open === "times" && <Times windows={availability} onClose={() => setOpen(undefined)} />}
      {open === "limits" && <Limits profile={profile} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Times({ windows, onClose }: { windows: Window[]; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [value, setValue] = useState(windows);
  const save = useCorrect();
  return (
    <Modal opened onClose={onClose} title={t("me.when")} size="lg" closeButtonProps={{ "aria-label": t("ui.close") }}>
      <Stack gap="md">
        <p className={rows.soft}>{t("me.when_hint")}</p>
        <WeekEditor value={value} onChange={setValue} />
        <Problem error={save.error} />
        <Button
          loading={save.isPending}
          disabled={!isSound(value)}
          onClick={() => save.correct({ availability: value }, onClose)}
        >
          {t("me.save")}
        </Button>
      </Stack>
    </Modal>
  );
}

const number = (value: string | number): number | null => (value === "" ? null : Number(value));

function Limits({ profile, onClose }: { profile: Profile; onClose: () => void }) {
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
            hideControls
            inputMode="numeric"
          />
          <NumberInput
            label={t("me.limit_hours")}
            value={hours}
            onChange={setHours}
            min={0}
            max={168}
            decimalScale={1}
            hideControls
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
