/** What was seen and heard, what was done, and whom it was reported to: the same in a note and in what is added. */
import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { localDay, momentOf, useDates } from "@/ui";
import styles from "./incidents.module.css";
import type { PassageIn } from "./types";

export interface Said {
  what: string;
  done: string;
  reported: boolean;
  to: string;
  day: string;
  time: string;
}

export function useSaid(): [Said, (values: Partial<Said>) => void, () => void] {
  const dates = useDates();
  const empty = (): Said => {
    const now = new Date();
    return { what: "", done: "", reported: false, to: "", day: localDay(now), time: dates.time(now) };
  };
  const [said, setSaid] = useState(empty);
  return [said, (values) => setSaid((before) => ({ ...before, ...values })), () => setSaid(empty())];
}

export const passageOf = ({ what, done, reported, to, day, time }: Said): PassageIn => ({
  what,
  done,
  reported_at: reported && day && time ? momentOf(day, time) : null,
  reported_to: reported ? to : "",
});

interface Props {
  said: Said;
  say: (values: Partial<Said>) => void;
  /** Words for what is added to a note. */
  more?: boolean;
}

export function PassageFields({ said, say, more = false }: Props) {
  const t = useText();
  return (
    <>
      <Textarea
        label={t(more ? "incident.what_more" : "incident.what")}
        description={t("incident.what_hint")}
        value={said.what}
        maxLength={4000}
        autosize
        minRows={3}
        onChange={(event) => say({ what: event.currentTarget.value })}
      />
      <Textarea
        label={t("incident.done")}
        value={said.done}
        maxLength={4000}
        autosize
        minRows={2}
        onChange={(event) => say({ done: event.currentTarget.value })}
      />
      <Checkbox
        label={t("incident.reported")}
        checked={said.reported}
        onChange={(event) => say({ reported: event.currentTarget.checked })}
      />
      {said.reported && (
        <div className={styles.reported}>
          <TextInput
            label={t("incident.reported_to")}
            placeholder={t("incident.reported_to_hint")}
            value={said.to}
            maxLength={100}
            onChange={(event) => say({ to: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t("incident.reported_on")}
            value={said.day}
            onChange={(event) => say({ day: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t("incident.reported_at")}
            value={said.time}
            onChange={(event) => say({ time: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  );
}
