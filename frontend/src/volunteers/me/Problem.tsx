/** What went wrong with a correction, where it was made. */
import { useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

export function Problem({ error }: { error: unknown }) {
  const words = useErrorText();
  if (!error) return null;
  return (
    <p role="alert" className={rows.error}>
      {words(error)}
    </p>
  );
}
