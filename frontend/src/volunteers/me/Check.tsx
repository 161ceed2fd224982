/** My background check: how long it holds, and a newer one to tell of. */
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, StateMark, useDates, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { type Profile, useShowProfile } from "./useProfile";

export function Check({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const [telling, setTelling] = useState(false);
  const newest = profile.clearances[0];
  const said = profile.unproven.find((one) => one.checked_on !== null);
  const until = newest && { day: dates.date(newest.valid_until) };
  return (
    <>
      {newest ? (
        <p>
          <StateMark state={newest.valid ? "full" : "empty"}>
            {newest.valid ? t("me.clearance_valid", until) : t("me.clearance_over", until)}
          </StateMark>
          <br />
          <span className={rows.soft}>{t("me.checked_on", { day: dates.date(newest.checked_on) })}</span>
        </p>
      ) : (
        <p>
          <StateMark state="empty">{t("me.clearance_none")}</StateMark>
        </p>
      )}
      {said?.checked_on && (
        <p>
          <StateMark state="waiting">{t("me.check_said", { day: dates.date(said.checked_on) })}</StateMark>
        </p>
      )}
      <div>
        <Button variant="default" onClick={() => setTelling(true)}>
          {t("me.tell_check")}
        </Button>
      </div>
      {telling && <Tell onClose={() => setTelling(false)} />}
    </>
  );
}

function Tell({ onClose }: { onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [day, setDay] = useState("");
  const showProfile = useShowProfile();
  const claim = api.useMutation("post", "/api/volunteers/me/checks", {
    onSuccess: (profile) => {
      showProfile(profile);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("me.tell_check")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          claim.mutate({ body: { kind: "child", checked_on: day } });
        }}
      >
        <Stack gap="md">
          <p className={rows.soft}>{t("me.tell_check_hint")}</p>
          <TextInput
            type="date"
            label={t("me.check_day")}
            max={localDay(new Date())}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            required
          />
          <Problem error={claim.error} />
          <Button type="submit" disabled={day === ""} loading={claim.isPending}>
            {t("me.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
