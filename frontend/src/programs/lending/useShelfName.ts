/** A class of the Chinese Library Classification as children call the shelf. */
import { hasText, useText } from "@/i18n";

export function useShelfName(): (code: string) => string {
  const t = useText();
  return (code) => {
    const letter = code.slice(0, 1);
    return hasText(`shelf.${letter}`) ? t(`shelf.${letter}`) : t("shelf.none");
  };
}
