/** A book's cover: its photo, or one drawn from its name, the same every time. */
import styles from "./lending.module.css";

const INKS = 5;

export function Cover({ name, cover, large = false }: { name: string; cover: string; large?: boolean }) {
  if (cover) return <img className={styles.cover} data-large={large || undefined} src={cover} alt="" loading="lazy" />;
  return (
    <span className={styles.cover} data-large={large || undefined} data-ink={inkOf(name)} aria-hidden="true">
      <span className={styles.coverName}>{name}</span>
    </span>
  );
}

/** By its letters: books on a shelf differ, and a book stays itself. */
function inkOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % INKS;
}
