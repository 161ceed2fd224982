/** An address to subscribe to: copy it, open it, or scan it with another device, and how that goes on the one in hand. */
import { useText } from "@/i18n";
import { CopyField, Icon, isWeChat } from "@/ui";
import { QrCode } from "@/ui/QrCode";
import rows from "@/ui/rows.module.css";
import styles from "./calendars.module.css";

export function Subscribe({ path }: { path: string }) {
  const t = useText();
  const address = `${window.location.origin}${path}`;
  const opens = address.replace(/^https?:/, "webcal:");
  return (
    <>
      <CopyField label={t("feed.address")} text={address} main />
      {isWeChat() ? (
        <p>{t("feed.in_wechat")}</p>
      ) : (
        <a className={styles.open} href={opens}>
          <Icon name="calendar" /> {t("feed.open")}
        </a>
      )}
      <HowTo />
      {!isWeChat() && (
        <details className={rows.fold}>
          <summary>{t("feed.scan")}</summary>
          <div className={styles.code}>
            <QrCode text={opens} label={t("feed.code")} />
          </div>
          <p className={rows.soft}>{t("feed.scan_hint")}</p>
        </details>
      )}
    </>
  );
}

/** The way for the device in hand; the others fold away. */
function HowTo() {
  const t = useText();
  const ways = [
    { here: /iPhone|iPad/, words: t("feed.how_iphone") },
    { here: /Android/, words: t("feed.how_android") },
    { here: /DingTalk/, words: t("feed.how_dingtalk") },
    { here: /wxwork/, words: t("feed.how_wecom") },
    { here: /./, words: t("feed.how_computer") },
  ];
  const mine = ways.find((way) => way.here.test(navigator.userAgent));
  return (
    <>
      <p>{mine?.words}</p>
      <details className={rows.fold}>
        <summary>{t("feed.how_elsewhere")}</summary>
        <ul className={styles.how}>
          {ways
            .filter((way) => way !== mine)
            .map((way) => (
              <li key={way.words}>{way.words}</li>
            ))}
        </ul>
      </details>
    </>
  );
}
