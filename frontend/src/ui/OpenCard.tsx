/** A card is for something that opens: the whole of it is the link. Rows of a list use it too. */
import { Link } from "react-router";
import { Icon } from "./icons";
import styles from "./OpenCard.module.css";

interface Props {
  to?: string;
  onOpen?: () => void;
  children: React.ReactNode;
}

export function OpenCard({ to, onOpen, children }: Props) {
  const inside = (
    <>
      <span className={styles.body}>{children}</span>
      <Icon name="forward" />
    </>
  );
  if (to) {
    return (
      <Link className={styles.card} to={to} onClick={onOpen}>
        {inside}
      </Link>
    );
  }
  return (
    <button type="button" className={styles.card} onClick={onOpen}>
      {inside}
    </button>
  );
}
