/** The card as it is printed, A6: the children's names, the code, the number to type where no camera reads. */
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { QrCode } from "@/ui/QrCode";
import styles from "./families.module.css";

export function FamilyCard({ card }: { card: components["schemas"]["FamilyCardOut"] }) {
  const t = useText();
  const names = card.children.join(t("ui.joiner"));
  return (
    <div className={styles.card}>
      <strong>{t("families.card_of", { names })}</strong>
      <QrCode text={card.text} label={t("families.card_code", { names })} />
      <span className={styles.number}>{`${card.number.slice(0, 4)} ${card.number.slice(4)}`}</span>
      <span>{t("families.card_use")}</span>
    </div>
  );
}
