/** A child whom it concerns, and what the guardians are told: in words of their own, and never a suspicion. */
import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, StateMark, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../incidents.module.css";
import type { Concerned, Incident } from "../types";

interface Props {
  incident: Incident;
  concerned: Concerned;
  onChanged: () => unknown;
}

export function ConcernedRow({ incident, concerned, onChanged }: Props) {
  const t = useText();
  const dates = useDates();
  const [telling, tell] = useState(false);
  const { name, told_at: at, told_by: by, words } = concerned;
  const ordinary = incident.nature === "ordinary";
  return (
    <li className={rows.row}>
      <span className={rows.name}>{name}</span>
      {words && <p className={styles.words}>{words}</p>}
      <div className={rows.foot}>
        {at && (
          <StateMark state="full">{t("incident.told", { by, when: `${dates.near(at)} ${dates.time(at)}` })}</StateMark>
        )}
        {!at && ordinary && <StateMark state="waiting">{t("incident.not_told")}</StateMark>}
        {!ordinary && <span className={rows.soft}>{t("incident.never_told")}</span>}
        {!at && ordinary && (
          <Button variant="default" aria-label={t("incident.tell_whose", { name })} onClick={() => tell(true)}>
            {t("incident.tell")}
          </Button>
        )}
      </div>
      {telling && <Tell incident={incident} concerned={concerned} onClose={() => tell(false)} onChanged={onChanged} />}
    </li>
  );
}

function Tell({ incident, concerned, onClose, onChanged }: Props & { onClose: () => void }) {
  const t = useText();
  const errorText = useErrorText();
  useFocusBack();
  const [words, setWords] = useState("");
  const tell = api.useMutation("post", "/api/incidents/{incident_id}/tell", {
    onSuccess: async () => {
      onClose();
      notifyDone(t("incident.told_done"));
      await onChanged();
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    tell.mutate({ params: { path: { incident_id: incident.id } }, body: { child: concerned.child, words } });
  };
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t("incident.tell_whose", { name: concerned.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            label={t("incident.tell_words")}
            description={t("incident.tell_hint")}
            value={words}
            maxLength={1000}
            autosize
            minRows={3}
            onChange={(event) => setWords(event.currentTarget.value)}
            data-autofocus
          />
          {tell.error !== null && (
            <span role="alert" className={rows.error}>
              {errorText(tell.error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" disabled={!words.trim()} loading={tell.isPending}>
              {t("incident.tell")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
