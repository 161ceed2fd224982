/** One more child of the family. */
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { localDay, notifyDone, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { useRefreshFamilies } from "../useFamilies";

export function AddChild({ family, onClose }: { family: number; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshFamilies();
  useFocusBack();
  const [name, setName] = useState("");
  const [born, setBorn] = useState("");
  const add = api.useMutation("post", "/api/families/{family_id}/children", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("families.child_added"));
      onClose();
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    add.mutate({ params: { path: { family_id: family } }, body: { name, born } });
  };
  return (
    <Modal opened onClose={onClose} title={t("families.add_child")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t("families.child_name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
          />
          <TextInput
            label={t("families.child_born")}
            type="date"
            max={localDay(new Date())}
            value={born}
            onChange={(event) => setBorn(event.currentTarget.value)}
            required
          />
          {add.error && (
            <p role="alert" className={rows.error}>
              {words(add.error)}
            </p>
          )}
          <Button type="submit" disabled={!name.trim() || born === ""} loading={add.isPending}>
            {t("families.add_child_do")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
