/** My usual week, changed. */
import { Button, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { WeekEditor } from "../WeekEditor";
import { isSound, type Window } from "../windows";
import { Problem } from "./Problem";
import { useCorrect } from "./useProfile";

export default function TimesDialog({ windows, onClose }: { windows: Window[]; onClose: () => void }) {
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
