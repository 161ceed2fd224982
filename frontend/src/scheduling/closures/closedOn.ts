/** What is closed on a day that is shown: which place, and when on that day. */
import { useText } from "@/i18n";
import { localDay, useDates } from "@/ui";

export interface Span {
  /** Empty: the whole site. */
  room: string;
  starts_at: string;
  ends_at: string;
}

/** The last day of it: what ends at midnight ended on the day before. */
const lastDay = ({ ends_at: end }: Span) => localDay(new Date(Date.parse(end) - 1));

export const closedOn = <T extends Span>(spans: T[], day: string): T[] =>
  spans.filter((one) => localDay(one.starts_at) <= day && day <= lastDay(one));

export function useClosedWords(): (span: Span, day: string) => { place: string; hours: string } {
  const t = useText();
  const dates = useDates();
  return (span, day) => {
    /** What begins or ends at midnight does so with the day. */
    const within = (at: string) => localDay(at) === day && dates.time(at) !== "00:00" && dates.time(at);
    const [from, until] = [within(span.starts_at), within(span.ends_at)];
    return {
      place: span.room || t("closed.whole_site"),
      hours:
        from && until
          ? `${from}-${until}`
          : from
            ? t("closed.from", { time: from })
            : until
              ? t("closed.until", { time: until })
              : t("closed.all_day"),
    };
  };
}
