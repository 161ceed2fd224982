/** How many of a book can be had: by shape, word and color together. */
import { useText } from "@/i18n";
import { StateMark } from "@/ui";

export function Stock({ copies, free }: { copies: number; free: number }) {
  const t = useText();
  if (free > 0) return <StateMark state="full">{t("books.free", { n: free })}</StateMark>;
  return (
    <StateMark state={copies > 0 ? "waiting" : "cancelled"}>{t(copies > 0 ? "books.all_out" : "books.gone")}</StateMark>
  );
}
