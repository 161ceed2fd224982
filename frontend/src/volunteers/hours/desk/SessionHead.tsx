import { useDates } from "@/ui";
import rows from "@/ui/rows.module.css";

interface Props {
  session: { title: string; hub: string; starts_at: string; ends_at: string };
}

export function SessionHead({ session }: Props) {
  const dates = useDates();
  return (
    <div className={rows.facts}>
      <span className={rows.name}>{session.title}</span>
      <span className={rows.soft}>
        {dates.span(session.starts_at, session.ends_at)} {"\u00b7"} {session.hub}
      </span>
    </div>
  );
}
