/** Calendars of my own: when one says that I am busy, I can't come. */
import { ActionIcon, Button, FileButton, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, call } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Icon, isWeChat, notifyDone, StateMark, useDates, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";

type BusyCalendar = components["schemas"]["BusyCalendarOut"];
type Taken = components["schemas"]["CalendarTakenOut"];
const LIST = ["get", "/api/volunteers/me/calendars", {}];

async function sendFile(file: File): Promise<Taken> {
  const { data } = await call.POST("/api/volunteers/me/calendars/file", {
    // The schema calls a file a string; it travels as form data.
    body: { file: file as unknown as string },
    bodySerializer: ({ file: sent }) => {
      const form = new FormData();
      form.append("file", sent as unknown as File);
      return form;
    },
  });
  return data as Taken;
}

function useShowTaken(): (taken: Taken) => void {
  const cache = useQueryClient();
  const t = useText();
  return (taken) => {
    cache.setQueryData(LIST, taken.calendars);
    const read = t("busy.taken", { entries: taken.entries, spans: taken.spans });
    notifyDone(taken.skipped ? `${read} ${t("busy.skipped", { count: taken.skipped })}` : read);
  };
}

export function Busy() {
  const t = useText();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const list = api.useQuery("get", "/api/volunteers/me/calendars", {}, { meta: { live: ["volunteer"] } });
  const upload = useMutation({ mutationFn: sendFile, onSuccess: useShowTaken() });
  const drop = api.useMutation("delete", "/api/volunteers/me/calendars/{calendar_id}", {
    onSuccess: () => cache.invalidateQueries({ queryKey: LIST }),
  });
  return (
    <>
      <p className={rows.soft}>{t("busy.hint")}</p>
      <ul className={rows.list}>
        {list.data?.map((one) => (
          <Line key={one.id} calendar={one} onDrop={() => drop.mutate({ params: { path: { calendar_id: one.id } } })} />
        ))}
      </ul>
      <Problem error={upload.error ?? drop.error ?? list.error} />
      {isWeChat() && <p className={rows.soft}>{t("busy.wechat")}</p>}
      <Group gap="sm">
        <FileButton accept=".ics,text/calendar" onChange={(file) => file && upload.mutate(file)}>
          {(props) => (
            <Button variant="default" loading={upload.isPending} {...props}>
              {t("busy.add_file")}
            </Button>
          )}
        </FileButton>
        <Button variant="default" onClick={() => setAdding(true)}>
          {t("busy.add_address")}
        </Button>
      </Group>
      {adding && <Address onClose={() => setAdding(false)} />}
    </>
  );
}

function Line({ calendar, onDrop }: { calendar: BusyCalendar; onDrop: () => void }) {
  const t = useText();
  const dates = useDates();
  return (
    <li className={rows.row}>
      <div className={rows.foot}>
        <span className={rows.facts}>
          <span>{calendar.name}</span>
          <span className={rows.soft}>
            {t("busy.ahead", { count: calendar.ahead, when: dates.day(calendar.read_at) })}
          </span>
          {calendar.problem && <StateMark state="short">{t("busy.problem")}</StateMark>}
        </span>
        <ActionIcon aria-label={t("busy.drop", { name: calendar.name })} onClick={onDrop}>
          <Icon name="close" />
        </ActionIcon>
      </div>
    </li>
  );
}

function Address({ onClose }: { onClose: () => void }) {
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
