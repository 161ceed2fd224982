/** Books as they stand on a shelf: the cover first. Each opens its page. */
import { Link } from "react-router";
import { Cover } from "./Cover";
import styles from "./lending.module.css";
import { Stock } from "./Stock";
import type { BookRow } from "./types";

export function BookList({ books }: { books: BookRow[] }) {
  return (
    <ul className={styles.books}>
      {books.map((book) => (
        <li key={book.id}>
          <Link className={styles.book} to={`/books/${book.id}`}>
            <Cover name={book.name} cover={book.cover} />
            <span className={styles.about}>
              <span className={styles.name}>{book.name}</span>
              {book.authors && <span className={styles.soft}>{book.authors}</span>}
              <Stock copies={book.copies} free={book.free} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
