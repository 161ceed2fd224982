/** When somebody came and went, as staff say it; what was noted before stays on record. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { localDay, momentOf, useDates, useErrorText, useFocusBack } from "@/ui";

interface Props {
  name: string;
  /** Of the session: times are of its day. */
  startsAt: string;
  came: string | null;
  went: string | null;
  saving: { error: unknown; isPending: boolean };
  onSave: (came: string | null, went: string | null) => void;
  onClose: () => void;
  /** What else has to be said of a going, and whether it was. */
  going?: React.ReactNode;
  whole?: boolean;
}

export function TimesDialog(props: Props) {
  const { name, startsAt, saving, onSave, onClose, going, whole = true } = props;
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  useFocusBack();
  const [came, setCame] = useState(props.came ? dates.time(props.came) : "");
  const [went, setWent] = useState(props.went ? dates.time(props.went) : "");
  const moment = (time: string) => (time ? momentOf(localDay(startsAt), time) : null);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onSave(moment(came), moment(went));
  };
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t("attend.times_whom", { name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t("attend.times_hint")}</Text>
          <TextInput
            type="time"
            label={t("attend.came_at")}
            value={came}
            onChange={(event) => setCame(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="time"
            label={t("attend.went_at")}
            value={went}
            onChange={(event) => setWent(event.currentTarget.value)}
          />
          {went && going}
          {saving.error !== null && (
            <Text role="alert" c="var(--empty)">
              {words(saving.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={went !== "" && !whole}>
              {t("attend.save_times")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
