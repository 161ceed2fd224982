/** Calendars of my own: when one says that I am busy, I can't come. */
import { ActionIcon, Button, FileButton, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { api, call } from "@/api/client";
import { asForm } from "@/api/form";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Icon, isWeChat, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Problem } from "./Problem";
import { CALENDARS, type Taken, useShowTaken } from "./useShowTaken";

const AddCalendar = lazy(() => import("./AddCalendar"));

type BusyCalendar = components["schemas"]["BusyCalendarOut"];

export function Busy() {
  const t = useText();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const list = api.useQuery("get", "/api/volunteers/me/calendars", {}, { meta: { live: ["volunteer"] } });
  const upload = useMutation({
    mutationFn: async (file: File) =>
      (await call.POST("/api/volunteers/me/calendars/file", asForm({ file }))).data as Taken,
    onSuccess: useShowTaken(),
  });
  const drop = api.useMutation("delete", "/api/volunteers/me/calendars/{calendar_id}", {
    onSuccess: () => cache.invalidateQueries({ queryKey: CALENDARS }),
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
      <Suspense>{adding && <AddCalendar onClose={() => setAdding(false)} />}</Suspense>
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
