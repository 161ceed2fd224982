/** One child: the books, a face, a few words of the child's own. */
import { Button, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { type Draft, type DraftBook, emptyBook } from "../draft";
import { readPages } from "../pages";
import styles from "../reading.module.css";
import type { Row } from "../types";
import { BookField } from "./BookField";
import { MoodChoice } from "./MoodChoice";

const MOST_BOOKS = 6;

interface Props {
  row: Row;
  draft: Draft;
  lately: string[];
  onChange: (draft: Draft) => void;
}

export function ChildRow({ row, draft, lately, onChange }: Props) {
  const t = useText();
  const { name } = row;
  const changeBook = (book: DraftBook) =>
    onChange({ ...draft, books: draft.books.map((one) => (one.key === book.key ? book : one)) });
  return (
    <li className={styles.child} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <div className={styles.books}>
        {draft.books.map((book) => (
          <BookFields key={book.key} book={book} name={name} lately={lately} onChange={changeBook} />
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
  lately: string[];
  onChange: (book: DraftBook) => void;
}

function BookFields({ book, name, lately, onChange }: BookProps) {
  const t = useText();
  return (
    <div className={styles.book}>
      <BookField
        label={t("reading.book")}
        whose={t("reading.book_whom", { name })}
        book={book}
        lately={lately}
        onChange={(named) => onChange({ ...book, ...named })}
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
