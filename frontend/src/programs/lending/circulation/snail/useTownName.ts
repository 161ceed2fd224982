import { useText } from "@/i18n";

export function useTownName(): (code: string) => string {
  const t = useText();
  return (code) => t(`town.${code}`);
}
