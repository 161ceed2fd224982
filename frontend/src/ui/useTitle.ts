import { useEffect } from "react";
import { useText } from "@/i18n";

/** What the browser's tab says. */
export function useTitle(title: string): void {
  const t = useText();
  const product = t("ui.product");
  useEffect(() => {
    document.title = `${title} \u00b7 ${product}`;
  }, [title, product]);
}
