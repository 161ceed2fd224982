/** An address or text to take along: one tap copies; where that fails the text lies there selected. */
import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useText } from "@/i18n";
import styles from "./CopyField.module.css";
import { Icon } from "./icons";
import { copyText } from "./wechat";

type Outcome = "idle" | "copied" | "by_hand";

interface Props {
  label: string;
  text: string;
  /** Copying is what the page asks for now. */
  main?: boolean;
}

export function CopyField({ label, text, main = false }: Props) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<Outcome>("idle");

  const copy = async () => {
    const copied = await copyText(text);
    setOutcome(copied ? "copied" : "by_hand");
    if (!copied) {
      field.current?.focus();
      field.current?.setSelectionRange(0, text.length);
    }
  };

  const words: Record<Outcome, string> = {
    idle: t("ui.copy"),
    copied: t("ui.copied"),
    by_hand: t("ui.copy_by_hand"),
  };
  return (
    <div className={styles.field}>
      <textarea
        ref={field}
        className={styles.text}
        readOnly
        rows={Math.min(6, Math.ceil(text.length / 40))}
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant={main ? "filled" : "default"}
        leftSection={<Icon name={outcome === "copied" ? "check" : "copy"} />}
        onClick={copy}
      >
        <span aria-live="polite">{words[outcome]}</span>
      </Button>
    </div>
  );
}
