/** A calendar of mine by its address. */
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";
import { Problem } from "./Problem";
import { useShowTaken } from "./useShowTaken";

export default function AddCalendar({ onClose }: { onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [address, setAddress] = useState("");
  const showTaken = useShowTaken();
  const save = api.useMutation("post", "/api/volunteers/me/calendars/address", {
    onSuccess: (taken) => {
      showTaken(taken);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("busy.add_address")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: { address } });
        }}
      >
        <Stack gap="md">
          <TextInput
            type="text"
            inputMode="url"
            autoComplete="off"
            label={t("busy.address")}
            description={t("busy.address_hint")}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            required
          />
          <Problem error={save.error} />
          <Button type="submit" disabled={!address.trim()} loading={save.isPending}>
            {t("busy.read")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
