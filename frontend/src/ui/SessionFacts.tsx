/** When, what, where, and a picture of its kind: the same lines wherever a volunteer or a family meets a session. */
import { useText } from "@/i18n";
import { localDay, useDates } from "./dates";
import { KindPicture } from "./KindPicture";
import styles from "./SessionFacts.module.css";

interface Site {
  name: string;
  address: string;
  longitude?: number | null;
  latitude?: number | null;
}

interface Props {
  session: { starts_at: string; ends_at: string; kind: string; hub: Site; room: string };
  what: string;
  /** "day" stands under its day's heading; "full" is a card's: large, with the date, the address and a map. */
  as?: "day" | "row" | "full";
  gone?: boolean;
}

/** An address that any phone opens, in WeChat too: a map page, no app needed. */
function mapAddress({ name, longitude, latitude }: Site): string | undefined {
  if (longitude == null || latitude == null) return undefined;
  const query = new URLSearchParams({ position: `${longitude},${latitude}`, name, callnative: "0" });
  return `https://uri.amap.com/marker?${query}`;
}

export function SessionFacts({ session, what, as = "row", gone = false }: Props) {
  const t = useText();
  const { hub, room } = session;
  return (
    <div className={styles.facts} data-as={as} data-gone={gone || undefined}>
      <KindPicture kind={session.kind} />
      <When session={session} as={as} />
      <span className={styles.what}>{what}</span>
      <span className={styles.where}>{[hub.name, room].filter(Boolean).join(t("ui.joiner"))}</span>
      {as === "full" && <Address hub={hub} />}
    </div>
  );
}

function When({ session: { starts_at: start, ends_at: end }, as }: Pick<Required<Props>, "session" | "as">) {
  const dates = useDates();
  if (localDay(start) !== localDay(end)) return <span className={styles.when}>{dates.nearSpan(start, end)}</span>;
  const near = dates.near(start);
  const day = dates.day(start);
  return (
    <span className={styles.head}>
      <span className={styles.when}>
        {as !== "day" && `${near} `}
        <span className={styles.hours}>
          {dates.time(start)}-{dates.time(end)}
        </span>
      </span>
      {as === "full" && near !== day && <span className={styles.date}>{day}</span>}
    </span>
  );
}

function Address({ hub }: { hub: Site }) {
  const t = useText();
  const map = mapAddress(hub);
  return (
    <span className={styles.address}>
      {hub.address}
      {map && (
        <a className={styles.map} href={map} target="_blank" rel="noreferrer">
          {t("ui.map")}
        </a>
      )}
    </span>
  );
}
