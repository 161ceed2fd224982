/** The poster for a hub's door, one sheet of A4: scan it and see what is on. */
import { Link, useSearchParams } from "react-router";
import { useText } from "@/i18n";
import { EmptyState, Loaded } from "@/ui";
import { PaperPage, PaperTools } from "@/ui/PaperPage";
import { QrCode } from "@/ui/QrCode";
import { useOpenHubs } from "../OpenCalendar";
import styles from "./poster.module.css";

export default function PosterPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const asked = Number(parameters.get("hub"));
  const hubs = useOpenHubs(true);
  return (
    <PaperPage title={t("open.poster")}>
      <Loaded query={hubs}>
        {(all) => {
          const hub = all.find((one) => one.hub_id === asked && one.since !== null);
          if (!hub) {
            return (
              <EmptyState
                order={1}
                title={t("errors.not_found_open_calendar")}
                action={<Link to="/calendars/places">{t("open.back")}</Link>}
              >
                {t("open.open_first")}
              </EmptyState>
            );
          }
          const address = `${window.location.origin}${hub.path}`;
          return (
            <>
              <PaperTools back={t("open.back")} to="/calendars/places" />
              <article className={styles.sheet}>
                <h1 className={styles.hub}>{hub.hub}</h1>
                <p className={styles.what}>{t("open.poster_what")}</p>
                <div className={styles.code}>
                  <QrCode text={address} label={t("open.poster_code", { hub: hub.hub })} />
                </div>
                <p className={styles.how}>{t("open.poster_how")}</p>
                <p className={styles.address}>{address}</p>
              </article>
            </>
          );
        }}
      </Loaded>
    </PaperPage>
  );
}
