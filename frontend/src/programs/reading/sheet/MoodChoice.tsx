/** Five faces with their words; the chosen one tapped again is taken back. */
import { useText } from "@/i18n";
import { Face, moods } from "../Face";
import styles from "../reading.module.css";
import type { Mood } from "../types";

interface Props {
  name: string;
  booking: number;
  value: Mood | "";
  onChange: (mood: Mood | "") => void;
}

export function MoodChoice({ name, booking, value, onChange }: Props) {
  const t = useText();
  return (
    <fieldset className={styles.moods}>
      <legend>{t("reading.mood_whom", { name })}</legend>
      {moods.map((mood) => (
        <label key={mood} className={styles.mood}>
          <input
            type="radio"
            name={`mood-${booking}`}
            checked={value === mood}
            onChange={() => onChange(mood)}
            onClick={() => value === mood && onChange("")}
          />
          <Face mood={mood} />
          <span>{t(`mood.${mood}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
