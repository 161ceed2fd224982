/** The trail from the newest session down to the first: a stone each, left and right in turn. */
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import { Face } from "../Face";
import type { BookRead, KeepsakeLog } from "../types";
import styles from "./keepsake.module.css";

export function Trail({ logs }: { logs: KeepsakeLog[] }) {
  return (
    <ol className={styles.trail} reversed>
      {logs.map((log, index) => (
        <Stone key={log.session.id} log={log} number={logs.length - index} />
      ))}
    </ol>
  );
}

function Stone({ log, number }: { log: KeepsakeLog; number: number }) {
  const t = useText();
  const dates = useDates();
  const { session, books, mood, words } = log;
  return (
    <li className={styles.stone}>
      <svg className={styles.path} viewBox="0 0 64 100" preserveAspectRatio="none" aria-hidden="true">
        <path d="M32 0C70 30 70 70 32 100" vectorEffect="non-scaling-stroke" />
      </svg>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.told}>
        <p className={styles.when}>
          {dates.date(session.starts_at)} {"\u00b7"} {session.hub}
        </p>
        <ul className={styles.books}>
          {books.map((book) => (
            <li key={book.title}>
              <Spine />
              <span>
                <Title book={book} />
              </span>
            </li>
          ))}
        </ul>
        {mood && (
          <p className={styles.mood}>
            <Face mood={mood} size={24} /> {t(`mood.${mood}`)}
          </p>
        )}
        {words && <blockquote className={styles.words}>{t("keepsake.said", { words })}</blockquote>}
      </div>
    </li>
  );
}

function Title({ book }: { book: BookRead }) {
  const t = useText();
  const { title, first_page: first, last_page: last, pages } = book;
  const read =
    first !== null && last !== null
      ? t("keepsake.from_to", { first, last })
      : pages !== null && t("keepsake.pages", { pages });
  return (
    <>
      {t("keepsake.book", { title })}
      {read && <span className={styles.pages}> {read}</span>}
    </>
  );
}

/** A small book standing on its edge. */
function Spine() {
  return (
    <svg className={styles.spine} viewBox="0 0 20 24" aria-hidden="true">
      <path d="M4 3h11a2 2 0 0 1 2 2v16H6a2 2 0 0 1-2-2zM4 19a2 2 0 0 1 2-2h11M8 7h5" />
    </svg>
  );
}
