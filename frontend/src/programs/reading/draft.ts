/** What stands in a row's fields while it is filled. */
import type { components } from "@/api/schema";
import { readPages, writePages } from "./pages";
import type { Mood, Row } from "./types";

type ReadIn = components["schemas"]["ReadIn"];

/** As people call it; the ISBN of one from the catalog. */
export interface BookNamed {
  title: string;
  isbn: string;
}

export interface DraftBook extends BookNamed {
  key: number;
  pages: string;
}

export interface Draft {
  books: DraftBook[];
  mood: Mood | "";
  words: string;
}

let keys = 0;
export const emptyBook = (): DraftBook => ({ key: ++keys, title: "", isbn: "", pages: "" });

export function draftOf(row: Row): Draft {
  const books = row.books.map((book) => ({
    key: ++keys,
    title: book.title,
    isbn: book.isbn,
    pages: writePages(book),
  }));
  return { books: books.length ? books : [emptyBook()], mood: row.mood, words: row.words };
}

const isBlank = (book: DraftBook) => !book.title.trim() && !book.pages.trim();

/** The same book for all: children who have one already keep it. */
export function fillIn(draft: Draft, book: BookNamed, pages: string): Draft {
  return draft.books.every(isBlank) ? { ...draft, books: [{ ...emptyBook(), ...book, pages }] } : draft;
}

export const isReadable = (draft: Draft): boolean => draft.books.every((book) => readPages(book.pages) !== undefined);

function sent(booking: number, draft: Draft): ReadIn {
  const books = draft.books.filter((book) => !isBlank(book));
  return {
    booking,
    books: books.map(({ title, isbn, pages }) => ({ title: title.trim(), isbn, ...readPages(pages) })),
    mood: draft.mood,
    words: draft.words.trim(),
  };
}

/** The rows that differ from what is stored. */
export function changedOnly(rows: Row[], drafts: Record<number, Draft>): ReadIn[] {
  return rows.flatMap((row) => {
    const draft = drafts[row.booking];
    if (!draft) return [];
    const now = sent(row.booking, draft);
    return JSON.stringify(now) === JSON.stringify(sent(row.booking, draftOf(row))) ? [] : [now];
  });
}
