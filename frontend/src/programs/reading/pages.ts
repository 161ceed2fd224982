/** Pages as people write them in one field: 3-12 from one to another, 10 so many. */
import type { BookRead } from "./types";

type Pages = Pick<BookRead, "first_page" | "last_page" | "pages">;

const SPAN = /^(\d{1,4})\s*(?:[-\u2013\u2014~\uff5e]|\u5230|\u81f3|to)\s*(\d{1,4})$/;

/** undefined where it can't be read. */
export function readPages(text: string): Pages | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/[\u9875pP.]/g, "")
    .trim();
  if (!plain) return { first_page: null, last_page: null, pages: null };
  const span = SPAN.exec(plain);
  if (span) return { first_page: Number(span[1]), last_page: Number(span[2]), pages: null };
  return /^\d{1,4}$/.test(plain) ? { first_page: null, last_page: null, pages: Number(plain) } : undefined;
}

export function writePages({ first_page, last_page, pages }: Pages): string {
  if (first_page !== null && last_page !== null) return `${first_page}-${last_page}`;
  return pages === null ? "" : String(pages);
}
