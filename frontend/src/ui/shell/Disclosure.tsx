/** A button that opens a small panel; closes on Escape, on a click outside and once something in it is chosen. */
import { useClickOutside } from "@mantine/hooks";
import { useId, useRef, useState } from "react";
import { Icon, type IconName } from "../icons";
import styles from "./shell.module.css";

interface Props {
  label: string;
  icon: IconName;
  upward?: boolean;
  children: React.ReactNode;
}

export function Disclosure({ label, icon, upward, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const closeOnEscape = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  const closeOnChoice = (event: React.MouseEvent) => {
    if ((event.target as HTMLElement).closest("a, button")) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what bubbles from the buttons inside
    <div ref={box} className={styles.disclosure} onKeyDown={closeOnEscape}>
      <button
        ref={button}
        type="button"
        className={upward ? styles.entry : styles.tool}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {upward && <Icon name={icon} />}
        <span className={styles.label}>{label}</span>
        {!upward && <Icon name={icon} size="1em" />}
      </button>
      {open && (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: keys press the buttons inside
        <div id={id} className={styles.panel} data-upward={upward || undefined} onClick={closeOnChoice}>
          {children}
        </div>
      )}
    </div>
  );
}
