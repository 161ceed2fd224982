/** A role for someone by name and number, known here or not. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { isPhone, plainPhone } from "@/api/auth";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText, useFocusBack } from "@/ui";
import { isComplete, RoleFields, type Wish } from "./RoleFields";
import { useRefreshPeople } from "./roleWords";

export function AppointDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const errorText = useErrorText();
  const refresh = useRefreshPeople();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [fault, setFault] = useState<string>();
  const [wish, setWish] = useState<Partial<Wish>>({});
  const appoint = api.useMutation("post", "/api/people", {
    onSuccess: async (person) => {
      await refresh();
      notifyDone(t("people.appointed", { name: person.name }));
      onClose();
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setFault(isPhone(phone) ? undefined : t("people.phone_invalid"));
    if (isPhone(phone) && isComplete(wish)) appoint.mutate({ body: { ...wish, name, phone: plainPhone(phone) } });
  };
  return (
    <Modal opened onClose={onClose} title={t("people.add")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t("people.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            data-autofocus
          />
          <TextInput
            label={t("people.phone")}
            description={t("people.phone_hint")}
            type="tel"
            inputMode="tel"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={fault}
          />
          <RoleFields wish={wish} onChange={setWish} />
          {appoint.error && (
            <Text role="alert" c="var(--empty)">
              {errorText(appoint.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button
              type="submit"
              disabled={!name.trim() || !phone.trim() || !isComplete(wish)}
              loading={appoint.isPending}
            >
              {t("people.grant")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
