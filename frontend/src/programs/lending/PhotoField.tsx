/** A cover photo: a phone's camera opens, a computer's files do. */
import { useEffect, useState } from "react";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./lending.module.css";

export function PhotoField({ label, photo, onPhoto }: { label: string; photo?: File; onPhoto: (photo: File) => void }) {
  const t = useText();
  const [shown, setShown] = useState("");
  useEffect(() => {
    if (!photo) return setShown("");
    const address = URL.createObjectURL(photo);
    setShown(address);
    return () => URL.revokeObjectURL(address);
  }, [photo]);
  return (
    <label className={styles.photo}>
      {shown ? <img src={shown} alt="" /> : <Icon name="camera" size="2rem" />}
      <span>{photo ? t("books.photo_again") : label}</span>
      <input
        type="file"
        accept="image/*"
        capture="environment"
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0];
          if (chosen) onPhoto(chosen);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
