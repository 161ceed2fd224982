/** What a consent says: the question in one line, the whole text on a tap. The version is the one that is answered. */
import { useText } from "@/i18n";
import rows from "@/ui/rows.module.css";
import type { Kind } from "./types";

export function ConsentText({ kind, version }: { kind: Kind; version: number }) {
  const t = useText();
  return (
    <details className={rows.fold}>
      <summary>{t("families.whole_text")}</summary>
      <p>{t(`consents.text.${kind}.${version}`)}</p>
    </details>
  );
}
