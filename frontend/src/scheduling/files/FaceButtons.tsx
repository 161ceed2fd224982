/** Three faces to tap. The chosen one is told by its mark and to who listens, not by color alone. */
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import { Face } from "./Face";
import styles from "./files.module.css";
import { type FaceKind, faceKinds } from "./types";

interface Props {
  /** Empty: nothing yet. Undefined where no choice is kept. */
  chosen?: FaceKind | "";
  disabled: boolean;
  onChoose: (face: FaceKind) => void;
}

export function FaceButtons({ chosen, disabled, onChoose }: Props) {
  const t = useText();
  return (
    <div className={styles.faces}>
      {faceKinds.map((face) => (
        <button
          key={face}
          type="button"
          className={styles.face}
          aria-pressed={chosen === undefined ? undefined : chosen === face}
          disabled={disabled}
          onClick={() => onChoose(face)}
        >
          <Face kind={face} />
          <span className={styles.word}>
            {chosen === face && <Icon name="check" />}
            {t(`file.face_${face}`)}
          </span>
        </button>
      ))}
    </div>
  );
}
