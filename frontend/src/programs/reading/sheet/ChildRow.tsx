/** One child: the books, a face, a few words of the child's own. */
import { Button, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { type Draft, type DraftBook, emptyBook } from "../draft";
import { readPages } from "../pages";
import styles from "../reading.module.css";
import type { Row } from "../types";
import { MoodChoice } from "./MoodChoice";

const MOST_BOOKS = 6;

interface Props {
  row: Row;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function ChildRow({ row, draft, onChange }: Props) {
  const t = useText();
  const { name } = row;
  const changeBook = (book: DraftBook) =>
    onChange({ ...draft, books: draft.books.map((one) => (one.key === book.key ? book : one)) });
  return (
    <li className={styles.child} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <div className={styles.books}>
        {draft.books.map((book) => (
          <BookFields key={book.key} book={book} name={name} onChange={changeBook} />
        ))}
        {draft.books.length < MOST_BOOKS && (
          <Button
            variant="subtle"
            className={styles.more}
            aria-label={t("reading.another_whom", { name })}
            onClick={() => onChange({ ...draft, books: [...draft.books, emptyBook()] })}
          >
            {t("reading.another")}
          </Button>
        )}
      </div>
      <MoodChoice
        name={name}
        booking={row.booking}
        value={draft.mood}
        onChange={(mood) => onChange({ ...draft, mood })}
      />
      <TextInput
        label={t("reading.words")}
        aria-label={t("reading.words_whom", { name })}
        value={draft.words}
        maxLength={200}
        onChange={(event) => onChange({ ...draft, words: event.currentTarget.value })}
      />
    </li>
  );
}

interface BookProps {
  book: DraftBook;
  name: string;
  onChange: (book: DraftBook) => void;
}

function BookFields({ book, name, onChange }: BookProps) {
  const t = useText();
  const typed = (title: string) => onChange({ ...book, title, isbn: "" });
  return (
    <div className={styles.book}>
      <TextInput
        label={t("reading.book")}
        aria-label={t("reading.book_whom", { name })}
        value={book.title}
        maxLength={100}
        list="titles"
        autoComplete="off"
        onChange={(event) => typed(event.currentTarget.value)}
      />
      <TextInput
        label={t("reading.pages")}
        aria-label={t("reading.pages_whom", { name })}
        placeholder={t("reading.pages_hint")}
        value={book.pages}
        maxLength={20}
        error={readPages(book.pages) === undefined}
        onChange={(event) => onChange({ ...book, pages: event.currentTarget.value })}
      />
    </div>
  );
}
