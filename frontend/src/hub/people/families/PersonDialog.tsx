/** Somebody is named: a second guardian, a caregiver, who may fetch the children. */
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { useRefreshFamilies } from "./useFamilies";

export type Wanted = "guardian" | "caregiver" | "pickup";

export function PersonDialog({ family, wanted, onClose }: { family: number; wanted: Wanted; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshFamilies();
  useFocusBack();
  const [name, setName] = useState("");
  const [relation, setRelation] = useState("");
  const [phone, setPhone] = useState("");
  const onSuccess = async () => {
    await refresh();
    notifyDone(t(wanted === "guardian" ? "families.invited_done" : "families.kept"));
    onClose();
  };
  const invite = api.useMutation("post", "/api/families/{family_id}/guardian", { onSuccess });
  const add = api.useMutation("post", "/api/families/{family_id}/members", { onSuccess });
  const path = { params: { path: { family_id: family } } };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const named = { name, relation, phone };
    if (wanted === "guardian") invite.mutate({ ...path, body: named });
    else add.mutate({ ...path, body: { ...named, part: wanted } });
  };
  const error = invite.error ?? add.error;
  const needsPhone = wanted === "guardian";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`families.name_${wanted}`)}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <p className={rows.soft}>{t(`families.name_${wanted}_hint`)}</p>
          <TextInput
            label={t("families.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
          />
          <TextInput
            label={t("families.relation")}
            value={relation}
            onChange={(event) => setRelation(event.currentTarget.value)}
            maxLength={20}
          />
          <TextInput
            label={t(needsPhone ? "families.phone" : "families.phone_if_any")}
            type="tel"
            inputMode="tel"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            required={needsPhone}
          />
          {error && (
            <p role="alert" className={rows.error}>
              {words(error)}
            </p>
          )}
          <Button
            type="submit"
            disabled={!name.trim() || (needsPhone && !phone.trim())}
            loading={invite.isPending || add.isPending}
          >
            {t(`families.name_${wanted}_do`)}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
