/** 约人一起: who comes along; all of us or nobody. */
import { ActionIcon, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, useDates, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { OpenShift } from "./types";
import { useRefreshShifts } from "./useMyShifts";
import { useWhyNot } from "./useWhyNot";

const MOST = 7;

interface Named {
  key: number;
  name: string;
  phone: string;
}

let counter = 0;
const nobody = (): Named => ({ key: counter++, name: "", phone: "" });
const isNamed = ({ name, phone }: Named) => name.trim() !== "" && /^1[3-9]\d{9}$/.test(phone.trim());

interface Props {
  shift: OpenShift;
  onClose: () => void;
}

export default function Together({ shift, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const dates = useDates();
  const words = useWhyNot();
  const refresh = useRefreshShifts();
  const home = api.useQuery("get", "/api/shifts/companions").data ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  const [others, setOthers] = useState<Named[]>([]);
  const send = api.useMutation("post", "/api/needs/{need_id}/sign-up-together", { onSettled: refresh });
  const named = others.filter(isNamed);
  const count = chosen.length + named.length;
  const ready = count > 0 && count <= MOST && named.length === others.length;
  const set = (key: number, values: Partial<Named>) =>
    setOthers(others.map((one) => (one.key === key ? { ...one, ...values } : one)));
  const save = () =>
    send.mutate(
      {
        params: { path: { need_id: shift.need } },
        body: {
          companions: [
            ...chosen.map((name) => ({ name, phone: "" })),
            ...named.map(({ name, phone }) => ({ name: name.trim(), phone: phone.trim() })),
          ],
          wait: true,
        },
      },
      {
        onSuccess: ([mine]) => {
          notifyDone(t(`together.done.${mine?.state}`));
          onClose();
        },
      },
    );
  const error: unknown = send.error;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("together.title")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="md">
          <Text>
            {dates.nearSpan(shift.starts_at, shift.ends_at)} {shift.program}
          </Text>
          <Text c="dimmed">{t("together.hint")}</Text>
          {home.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={chosen.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(checked ? [...chosen, name] : chosen.filter((one) => one !== name))
              }
            />
          ))}
          {others.map((one) => (
            <Group key={one.key} gap="sm" align="flex-end" wrap="nowrap">
              <TextInput
                flex={1}
                label={t("together.name")}
                maxLength={60}
                value={one.name}
                onChange={(event) => set(one.key, { name: event.currentTarget.value })}
              />
              <TextInput
                flex={1.4}
                label={t("together.phone")}
                inputMode="tel"
                maxLength={11}
                value={one.phone}
                onChange={(event) => set(one.key, { phone: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={t("together.remove", { name: one.name })}
                onClick={() => setOthers(others.filter((other) => other.key !== one.key))}
              >
                <Icon name="close" />
              </ActionIcon>
            </Group>
          ))}
          {chosen.length + others.length < MOST && (
            <Button
              variant="default"
              leftSection={<Icon name="join" />}
              onClick={() => setOthers([...others, nobody()])}
            >
              {t("together.add")}
            </Button>
          )}
          {error !== null && (
            <span role="alert" className={rows.error}>
              {words(error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" disabled={!ready} loading={send.isPending}>
              {t("together.send", { n: count + 1 })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
