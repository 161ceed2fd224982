/** 活动记录: written in four parts and saved while it is typed; finished, it stands until somebody opens it again. */
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../files.module.css";
import type { FileOut, Put, Record } from "../types";
import { Part } from "./Part";
import { fields, useDraft } from "./useDraft";

const DEED = "/api/files/sessions/{session_id}/record/{deed}";
interface Props {
  file: FileOut;
  put: Put;
}

export function RecordPart({ file, put }: Props) {
  const t = useText();
  const finished = file.record.finished_at !== null;
  return (
    <Part title={t("file.section_record")} there={finished}>
      {finished ? <Written file={file} put={put} /> : <Draft file={file} put={put} />}
    </Part>
  );
}

function useDeed(file: FileOut, put: Put, deed: "finish" | "reopen", said: string) {
  const doing = api.useMutation("post", DEED, {
    onSuccess: (record: Record) => {
      put({ record });
      notifyDone(said);
    },
  });
  return { ...doing, run: () => doing.mutate({ params: { path: { session_id: file.session.id, deed } } }) };
}

function Draft({ file, put }: Props) {
  const t = useText();
  const words = useErrorText();
  const draft = useDraft(file.session.id, file.record, file.earlier_aim);
  const finish = useDeed(file, put, "finish", t("file.finished_done"));
  const [waiting, setWaiting] = useState(false);
  const done = async () => {
    setWaiting(true);
    const saved = await draft.flush();
    setWaiting(false);
    if (saved) finish.run();
  };
  const fault = draft.error ?? finish.error;
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <Textarea
          key={field}
          label={t(`file.${field}`)}
          description={t(`file.${field}_hint`)}
          autosize
          minRows={field === "process" ? 4 : 2}
          maxRows={20}
          maxLength={4000}
          value={draft.words[field]}
          onChange={(event) => draft.type(field, event.currentTarget.value)}
        />
      ))}
      {fault !== null && (
        <span role="alert" className={rows.error}>
          {words(fault)}
        </span>
      )}
      <Group justify="space-between" gap="sm">
        <span className={rows.soft} role="status">
          {draft.state !== "untouched" && t(`file.draft_${draft.state}`)}
        </span>
        <Button
          onClick={done}
          loading={waiting || finish.isPending}
          disabled={!file.over || !draft.words.process.trim()}
        >
          {t("file.finish")}
        </Button>
      </Group>
    </div>
  );
}

function Written({ file, put }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const reopen = useDeed(file, put, "reopen", t("file.reopened"));
  const { record } = file;
  return (
    <div className={styles.fields}>
      {fields
        .filter((field) => record[field])
        .map((field) => (
          <div key={field}>
            <h3 className={rows.soft}>{t(`file.${field}`)}</h3>
            <p className={styles.written}>{record[field]}</p>
          </div>
        ))}
      <Group justify="space-between" gap="sm">
        <span className={rows.lead}>
          <Icon name="check" />
          {t("file.finished_by", { name: record.finished_by, day: dates.day(record.finished_at ?? "") })}
        </span>
        <Button variant="default" onClick={reopen.run} loading={reopen.isPending}>
          {t("file.reopen")}
        </Button>
      </Group>
      {reopen.error !== null && (
        <span role="alert" className={rows.error}>
          {words(reopen.error)}
        </span>
      )}
    </div>
  );
}
