/** Where a workbook is dropped or chosen. */
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, isWeChat } from "@/ui";
import styles from "./workbook.module.css";

export function UploadBox({ onFile, busy }: { onFile: (file: File) => void; busy: boolean }) {
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
        <span className={styles.choose}>{t("import.choose")}</span>
        <Text component="span" size="sm" c="dimmed" className={styles.dropHint}>
          {t("import.drop")}
        </Text>
        <input
          type="file"
          className={styles.file}
          accept=".xlsx,.xlsm,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
