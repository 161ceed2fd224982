/** With whom a child goes home: those its family named, by their code; alone where a guardian agreed to it. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { ChildHere } from "./types";
import { useRefreshChildren } from "./useChildren";
import { WhoFetches } from "./WhoFetches";

export default function LeaveDialog({ child, onClose }: { child: ChildHere; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshChildren();
  useFocusBack();
  const [who, setWho] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const [known, setKnown] = useState(false);
  const leave = api.useMutation("post", "/api/attendance/children/{booking_id}/leave", {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  const chosen = child.fetching.find((one) => String(one.person) === who);
  const asksCode = chosen?.has_code ?? false;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    leave.mutate({
      params: { path: { booking_id: child.booking } },
      body: { fetched_by: chosen?.person ?? null, code: known ? "" : code.trim(), known },
    });
  };
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t("child.leave_title", { name: child.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <WhoFetches child={child} value={who} onChange={setWho} />
          {asksCode && (
            <>
              <TextInput
                label={t("child.code")}
                description={t("child.code_hint")}
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                value={code}
                disabled={known}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              <Checkbox
                label={t("child.known")}
                checked={known}
                onChange={(event) => setKnown(event.currentTarget.checked)}
              />
            </>
          )}
          <Text c="dimmed">{t("child.nobody_else")}</Text>
          {leave.error && (
            <span role="alert" className={rows.error}>
              {words(leave.error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button
              type="submit"
              loading={leave.isPending}
              disabled={who === null || (asksCode && !known && !code.trim())}
            >
              {t("child.let_go")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
