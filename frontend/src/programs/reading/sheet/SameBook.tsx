/** Most read the same book: typed once, it goes to every child who has none. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { readPages } from "../pages";
import styles from "../reading.module.css";

export function SameBook({ onFill }: { onFill: (title: string, pages: string) => void }) {
  const t = useText();
  const [title, setTitle] = useState("");
  const [pages, setPages] = useState("");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onFill(title.trim(), pages);
  };
  return (
    <form className={styles.same} onSubmit={submit}>
      <TextInput
        label={t("reading.same_title")}
        value={title}
        maxLength={100}
        list="titles"
        autoComplete="off"
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label={t("reading.pages")}
        placeholder={t("reading.pages_hint")}
        value={pages}
        maxLength={20}
        onChange={(event) => setPages(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!title.trim() || readPages(pages) === undefined}>
        {t("reading.fill")}
      </Button>
    </form>
  );
}
