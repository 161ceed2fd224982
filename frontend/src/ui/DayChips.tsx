/** One of the coming days, or any: a row that scrolls sideways, and fades at its end where there is more. */
import { Chip } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import styles from "./DayChips.module.css";
import { addDays, localDay, useDates } from "./dates";

interface Props {
  label: string;
  /** What no choice is called. */
  any: string;
  days: number;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

const tall = () => ({ root: { "--chip-size": "var(--target)" } });

export function DayChips({ label, any, days, value, onChange }: Props) {
  const dates = useDates();
  const today = localDay(new Date());
  const row = useRef<HTMLFieldSetElement>(null);
  const [more, setMore] = useState({ before: false, after: false });
  const look = () => {
    const { scrollLeft = 0, scrollWidth = 0, clientWidth = 0 } = row.current ?? {};
    const now = { before: scrollLeft > 4, after: scrollLeft + clientWidth < scrollWidth - 4 };
    // The same answer is no change: another object would render, and look, without end.
    setMore((known) => (known.before === now.before && known.after === now.after ? known : now));
  };
  useEffect(() => {
    look();
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  });
  return (
    <Chip.Group value={value ?? ""} onChange={(day) => onChange((day as string) || undefined)}>
      <fieldset
        ref={row}
        className={styles.days}
        data-before={more.before || undefined}
        data-after={more.after || undefined}
        aria-label={label}
        onScroll={look}
      >
        <Chip value="" vars={tall}>
          {any}
        </Chip>
        {Array.from({ length: days }, (_, index) => addDays(today, index)).map((day) => (
          <Chip key={day} value={day} vars={tall}>
            {dates.near(day, today)}
          </Chip>
        ))}
      </fieldset>
    </Chip.Group>
  );
}
