/** Most read the same book: typed once, it goes to every child who has none. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import type { BookNamed } from "../draft";
import { readPages } from "../pages";
import styles from "../reading.module.css";
import { BookField } from "./BookField";

interface Props {
  lately: string[];
  onFill: (book: BookNamed, pages: string) => void;
}

export function SameBook({ lately, onFill }: Props) {
  const t = useText();
  const [book, setBook] = useState<BookNamed>({ title: "", isbn: "" });
  const [pages, setPages] = useState("");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onFill({ ...book, title: book.title.trim() }, pages);
  };
  return (
    <form className={styles.same} onSubmit={submit}>
      <BookField label={t("reading.same_title")} book={book} lately={lately} onChange={setBook} />
      <TextInput
        label={t("reading.pages")}
        placeholder={t("reading.pages_hint")}
        value={pages}
        maxLength={20}
        onChange={(event) => setPages(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!book.title.trim() || readPages(pages) === undefined}>
        {t("reading.fill")}
      </Button>
    </form>
  );
}
