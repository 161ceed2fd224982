/** A paper that lies on the desk: who signed it, when, and what was ticked. */
import { Button, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, notifyDone, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Questions } from "../Questions";
import type { Answers, Child, DeskFamily } from "../types";

interface Props {
  child: Child;
  family: DeskFamily;
  told: string;
  onClose: () => void;
  onDone: (family: DeskFamily) => void;
}

export function PaperDialog({ child, family, told, onClose, onDone }: Props) {
  const t = useText();
  const words = useErrorText();
  useFocusBack();
  const [answers, setAnswers] = useState<Answers>({});
  const [signer, setSigner] = useState(String(family.guardians[0]?.id ?? ""));
  const [day, setDay] = useState("");
  const record = api.useMutation("post", "/api/families/children/{child_id}/paper-consent", {
    onSuccess: (changed) => {
      notifyDone(t("families.kept"));
      onDone(changed);
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    record.mutate({
      params: { path: { child_id: child.id } },
      body: {
        answers: answers as Record<string, boolean>,
        signed_by: Number(signer),
        signed_on: day,
        guardian_phone: told,
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("families.paper_of", { name: child.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <NativeSelect
            label={t("families.signed_by")}
            value={signer}
            onChange={(event) => setSigner(event.currentTarget.value)}
            data={family.guardians.map((one) => ({ value: String(one.id), label: one.name }))}
          />
          <TextInput
            label={t("families.signed_on")}
            type="date"
            max={localDay(new Date())}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            required
          />
          <Questions
            id={`paper-${child.id}`}
            versions={child.consents}
            answers={answers}
            onAnswer={(kind, granted) => setAnswers((before) => ({ ...before, [kind]: granted }))}
          />
          <p className={rows.soft}>{t("families.paper_hint")}</p>
          {record.error && (
            <p role="alert" className={rows.error}>
              {words(record.error)}
            </p>
          )}
          <Button type="submit" disabled={day === "" || Object.keys(answers).length === 0} loading={record.isPending}>
            {t("families.paper_do")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
