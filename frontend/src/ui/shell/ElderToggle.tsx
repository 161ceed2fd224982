import { useText } from "@/i18n";
import { setElder, useElder } from "../elder";
import styles from "./shell.module.css";

export function ElderToggle() {
  const t = useText();
  const elder = useElder();
  return (
    <button type="button" className={styles.tool} aria-pressed={elder} onClick={() => setElder(!elder)}>
      {elder ? t("ui.elder_off") : t("ui.elder_on")}
    </button>
  );
}
