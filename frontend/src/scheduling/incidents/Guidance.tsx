/** 强制报告: what the law asks of whoever works with children, as steps to take now. */
import { Button } from "@mantine/core";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./incidents.module.css";

const steps = ["safe", "police", "in_charge", "no_questions", "write", "quiet"] as const;

export function Guidance() {
  const t = useText();
  return (
    <section className={styles.guidance} aria-labelledby="guidance">
      <h2 id="guidance">
        <Icon name="warning" /> {t("guidance.title")}
      </h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{t(`guidance.${step}`)}</li>
        ))}
      </ol>
      <Button component="a" href="tel:110" leftSection={<Icon name="phone" />}>
        {t("guidance.call")}
      </Button>
      <p className={styles.law}>{t("guidance.law")}</p>
    </section>
  );
}
