/** Where a file is dropped or chosen: a workbook, if nothing else is said. */
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, isWeChat } from "@/ui";
import styles from "./workbook.module.css";

const WORKBOOKS = ".xlsx,.xlsm,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

interface Props {
  onFile: (file: File) => void;
  busy: boolean;
  accept?: string;
  /** What is to be chosen. */
  choose?: string;
}

export function UploadBox({ onFile, busy, accept = WORKBOOKS, choose }: Props) {
  const t = useText();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file);
  };
  return (
    <Stack gap="sm">
      <label
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <Icon name="import" size="2rem" />
        <span className={styles.choose}>{choose ?? t("import.choose")}</span>
        <Text component="span" size="sm" c="dimmed" className={styles.dropHint}>
          {t("import.drop")}
        </Text>
        <input
          type="file"
          className={styles.file}
          accept={accept}
          disabled={busy}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
      </label>
      {isWeChat() && <Text size="sm">{t("import.wechat")}</Text>}
    </Stack>
  );
}
