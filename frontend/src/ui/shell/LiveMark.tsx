import { useText } from "@/i18n";
import { useLiveStatus } from "@/live";
import { StateShape } from "../StateMark";
import { useOnline } from "../states";
import styles from "./shell.module.css";

/** Quiet: only says something while what is on screen may be old. */
export function LiveMark() {
  const t = useText();
  const status = useLiveStatus();
  const online = useOnline(); // without a network the banner says it
  return (
    <span role="status" className={styles.live}>
      {status === "reconnecting" && online && (
        <>
          <StateShape state="waiting" /> {t("ui.reconnecting")}
        </>
      )}
    </span>
  );
}
