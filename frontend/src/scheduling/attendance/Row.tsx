/** A line of a sheet: who it is, how they stand, what may be noted, why it was refused. */
import { Group } from "@mantine/core";
import { useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./attendance.module.css";

interface Props {
  name: string;
  about?: React.ReactNode;
  standing: React.ReactNode;
  acts: React.ReactNode;
  error?: unknown;
  /** What opens above the page. */
  children?: React.ReactNode;
}

export function Row({ name, about, standing, acts, error, children }: Props) {
  const words = useErrorText();
  return (
    <li className={styles.person}>
      <div className={rows.facts}>
        <span className={rows.name}>{name}</span>
        {about}
      </div>
      <div className={styles.standing}>{standing}</div>
      <Group gap="xs" className={styles.acts}>
        {acts}
      </Group>
      {Boolean(error) && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      {children}
    </li>
  );
}
