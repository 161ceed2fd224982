/** What was read: as people call it, or one of the catalog, found by its name, its ISBN or the bar code on its back. */
import { ActionIcon, Text, TextInput } from "@mantine/core";
import { useFocusWithin } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { BookChoices, useBookLabel, useBooksLike } from "@/programs/lending/BookChoices";
import { Icon, useErrorText } from "@/ui";
import { canScan } from "@/ui/ScanButton";
import type { BookNamed } from "../draft";
import styles from "../reading.module.css";

const Camera = lazy(() => import("@/ui/Camera"));
const LONGEST = 100;
const RECENT = 3;
const ISBN = /^[\d\sxX-]{10,20}$/;

interface Props {
  label: string;
  /** Of which child, for who hears the page. */
  whose?: string;
  book: BookNamed;
  /** Read here lately, the most read first. */
  lately: string[];
  onChange: (book: BookNamed) => void;
}

export function BookField({ label, whose, book, lately, onChange }: Props) {
  const t = useText();
  const words = useErrorText();
  const [typed, setTyped] = useState("");
  const [looking, look] = useState(false);
  const { ref: inside } = useFocusWithin<HTMLDivElement>({ onBlur: () => setTyped("") });
  const like = useBooksLike(typed);
  const labelOf = useBookLabel();
  const choose = (found: { name: string; isbn: string }) => {
    setTyped("");
    onChange({ title: found.name.slice(0, LONGEST), isbn: found.isbn });
  };
  const lookUp = api.useMutation("get", "/api/books/isbn", { onSuccess: (told) => told.book && choose(told.book) });
  const byIsbn = (isbn: string) => {
    look(false);
    setTyped("");
    lookUp.mutate({ params: { query: { isbn } } });
  };
  const type = (title: string) => {
    lookUp.reset();
    setTyped(title);
    onChange({ title, isbn: "" });
  };
  const recent = typed.trim() ? lately.filter((one) => one.includes(typed.trim())).slice(0, RECENT) : [];
  const choices = [
    ...recent.map((name) => ({ key: name, label: name, onChoose: () => choose({ name, isbn: "" }) })),
    ...like
      .filter(({ name }) => !recent.includes(name))
      .map((one) => ({ key: one.id, label: labelOf(one), onChoose: () => choose(one) })),
  ];
  return (
    <div className={styles.field} ref={inside}>
      <TextInput
        label={label}
        aria-label={whose}
        value={book.title}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          // As a scanner ends what it types.
          if (event.key !== "Enter" || !ISBN.test(book.title)) return;
          event.preventDefault();
          byIsbn(book.title);
        }}
        rightSection={
          canScan(true) && (
            <ActionIcon
              aria-label={whose ? t("reading.scan_whom", { book: whose }) : t("reading.scan")}
              onClick={() => look(!looking)}
            >
              <Icon name="camera" />
            </ActionIcon>
          )
        }
        rightSectionPointerEvents="all"
      />
      <div className={styles.found}>
        {lookUp.error !== null && (
          <Text role="alert" c="var(--empty)">
            {words(lookUp.error)}
          </Text>
        )}
        {lookUp.data?.book === null && <Text role="status">{t("reading.not_in_catalog")}</Text>}
        <BookChoices choices={choices} />
        {looking && (
          <Suspense>
            <Camera facing="environment" otherwise={t("ui.no_camera")} onText={byIsbn} onClose={() => look(false)} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
