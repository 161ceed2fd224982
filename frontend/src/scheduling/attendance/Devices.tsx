/** The hub's tablets: which there are, when they were last heard of, a new one, one that is lost. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Loaded, Section, StateMark, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";
import { Row } from "./Row";
import type { Device } from "./types";

const MINUTE = 60;

function useRefreshDevices() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["get", "/api/attendance/devices"] });
}

export function Devices({ hub }: { hub: number }) {
  const t = useText();
  const [adding, add] = useState(false);
  const devices = api.useQuery("get", "/api/attendance/devices", {}, { meta: { live: ["device"] } });
  return (
    <Section
      title={t("device.section")}
      aside={
        <Button variant="default" onClick={() => add(true)}>
          {t("device.add")}
        </Button>
      }
    >
      <p className={rows.soft}>{t("device.section_hint", { address: `${window.location.host}/device` })}</p>
      <Loaded query={devices}>
        {(all) => (
          <ul className={rows.list}>
            {all
              .filter((one) => one.hub === hub)
              .map((one) => (
                <DeviceRow key={one.id} device={one} />
              ))}
          </ul>
        )}
      </Loaded>
      {adding && <Pairing hub={hub} onClose={() => add(false)} />}
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshDevices();
  const [asked, ask] = useState(false);
  const revoke = api.useMutation("delete", "/api/attendance/devices/{device_id}", {
    onSuccess: async () => {
      ask(false);
      await refresh();
    },
  });
  const { name, last_seen_at: seen, skew_seconds: skew } = device;
  const remarks = [
    device.paired_by && t("device.paired_by", { name: device.paired_by }),
    Math.abs(skew) >= 2 * MINUTE && t("device.clock_off", { minutes: Math.round(Math.abs(skew) / MINUTE) }),
    device.lost > 0 && t("device.lost", { count: device.lost }),
  ].filter(Boolean);
  return (
    <Row
      name={name}
      about={remarks.map((remark) => (
        <span key={String(remark)} className={rows.soft}>
          {remark}
        </span>
      ))}
      standing={
        device.paired ? (
          <StateMark state={seen ? "full" : "waiting"}>
            {seen ? t("device.seen", { when: `${dates.near(seen)} ${dates.time(seen)}` }) : t("device.never_seen")}
          </StateMark>
        ) : (
          <StateMark state="waiting">{t("device.waits")}</StateMark>
        )
      }
      acts={
        <Button variant="default" aria-label={t("device.revoke_which", { name })} onClick={() => ask(true)}>
          {t("device.revoke")}
        </Button>
      }
    >
      <ConfirmDialog
        opened={asked}
        onClose={() => ask(false)}
        title={t("device.revoke_which", { name })}
        consequence={t("device.revoke_means")}
        verb={t("device.revoke")}
        onConfirm={() => revoke.mutate({ params: { path: { device_id: device.id } } })}
        busy={revoke.isPending}
        error={revoke.error ? words(revoke.error) : undefined}
      />
    </Row>
  );
}

function Pairing({ hub, onClose }: { hub: number; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshDevices();
  useFocusBack();
  const [name, setName] = useState("");
  const offer = api.useMutation("post", "/api/attendance/devices", { onSuccess: refresh });
  const code = offer.data?.code;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    offer.mutate({ body: { hub, name } });
  };
  return (
    <Modal opened centered onClose={onClose} title={t("device.add")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      {code ? (
        <Stack gap="md">
          <Text>{t("device.type_code", { address: `${window.location.host}/device` })}</Text>
          <output className={styles.code}>{`${code.slice(0, 4)} ${code.slice(4)}`}</output>
          <Text c="dimmed">{t("device.code_lasts")}</Text>
          <Button onClick={onClose}>{t("device.code_typed")}</Button>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label={t("device.name")}
              description={t("device.name_hint")}
              value={name}
              maxLength={40}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {offer.error && (
              <Text role="alert" c="var(--empty)">
                {words(offer.error)}
              </Text>
            )}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={onClose}>
                {t("ui.not_now")}
              </Button>
              <Button type="submit" disabled={!name.trim()} loading={offer.isPending}>
                {t("device.get_code")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
