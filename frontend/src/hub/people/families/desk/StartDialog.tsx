/** Staff start a family for its guardian, who signs a paper or is sent a link next. */
import { Button, Modal, NativeSelect, Stack, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ChildFields, emptyChild, isWhole, toSend } from "../ChildFields";
import type { DeskFamily } from "../types";

interface Props {
  onClose: () => void;
  onStarted: (family: DeskFamily) => void;
}

const nobody = { name: "", phone: "", relation: "" };

export function StartDialog(props: Props) {
  const t = useText();
  useFocusBack();
  const hubs = api.useQuery("get", "/api/families/hubs", {});
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("families.start")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Loaded query={hubs}>
        {(all) => (all.length === 0 ? <p>{t("families.no_hub")}</p> : <Form {...props} hubs={all} />)}
      </Loaded>
    </Modal>
  );
}

function Form({ onStarted, hubs }: Props & { hubs: { id: number; name: string }[] }) {
  const t = useText();
  const words = useErrorText();
  const [hub, setHub] = useState(String(hubs[0]?.id ?? ""));
  const [guardian, setGuardian] = useState(nobody);
  const [caregiver, setCaregiver] = useState(nobody);
  const [children, setChildren] = useState([emptyChild()]);
  const start = api.useMutation("post", "/api/families", { onSuccess: onStarted });
  const whole = guardian.name.trim() !== "" && guardian.phone.trim() !== "" && children.every(isWhole);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    start.mutate({
      body: {
        hub: Number(hub),
        guardian,
        children: toSend(children),
        caregiver: caregiver.name.trim() ? caregiver : null,
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <NativeSelect
          label={t("families.hub")}
          value={hub}
          onChange={(event) => setHub(event.currentTarget.value)}
          data={hubs.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <TextInput
          label={t("families.guardian_name")}
          value={guardian.name}
          onChange={(event) => setGuardian({ ...guardian, name: event.currentTarget.value })}
          maxLength={60}
          required
        />
        <TextInput
          label={t("families.guardian_phone")}
          type="tel"
          value={guardian.phone}
          onChange={(event) => setGuardian({ ...guardian, phone: event.currentTarget.value })}
          required
        />
        <TextInput
          label={t("families.relation")}
          value={guardian.relation}
          onChange={(event) => setGuardian({ ...guardian, relation: event.currentTarget.value })}
          maxLength={20}
        />
        <Title order={3}>{t("families.children")}</Title>
        <ChildFields value={children} onChange={setChildren} />
        <Title order={3}>{t("families.caregiver_if_any")}</Title>
        <TextInput
          label={t("families.caregiver_name")}
          value={caregiver.name}
          onChange={(event) => setCaregiver({ ...caregiver, name: event.currentTarget.value })}
          maxLength={60}
        />
        <TextInput
          label={t("families.caregiver_phone")}
          type="tel"
          value={caregiver.phone}
          onChange={(event) => setCaregiver({ ...caregiver, phone: event.currentTarget.value })}
        />
        {start.error && (
          <p role="alert" className={rows.error}>
            {words(start.error)}
          </p>
        )}
        <Button type="submit" disabled={!whole} loading={start.isPending}>
          {t("families.start_desk")}
        </Button>
      </Stack>
    </form>
  );
}
