/** A background check that is newer than the one on record: when it was made. */
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { useShowProfile } from "./useProfile";

export default function TellCheck({ onClose }: { onClose: () => void }) {
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
