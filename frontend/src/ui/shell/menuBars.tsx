import { Link } from "react-router";
import { useText } from "@/i18n";
import { menuIcon } from "@/menus";
import { Icon } from "../icons";
import { Disclosure } from "./Disclosure";
import styles from "./shell.module.css";
import { type MenuEntry, useMenu } from "./useMenu";

/** Top bar, desktop. */
export function MenuBar() {
  const t = useText();
  const { main, more } = useMenu();
  return (
    <nav className={styles.menu} aria-label={t("ui.menu")}>
      {main.map((entry) => (
        <Entry key={entry.menu} entry={entry} />
      ))}
      {more.length > 0 && (
        <Disclosure label={t("ui.more")} icon="down">
          {more.map((entry) => (
            <Entry key={entry.menu} entry={entry} />
          ))}
        </Disclosure>
      )}
    </nav>
  );
}

/** Bottom tabs, phone: icon and word. */
export function TabBar() {
  const t = useText();
  const { main, more } = useMenu();
  if (main.length === 0) return null;
  return (
    <nav className={styles.tabs} aria-label={t("ui.menu_below")} data-no-print>
      {main.map((entry) => (
        <Entry key={entry.menu} entry={entry} withIcon />
      ))}
      {more.length > 0 && (
        <Disclosure label={t("ui.more")} icon="more" upward>
          {more.map((entry) => (
            <Entry key={entry.menu} entry={entry} />
          ))}
        </Disclosure>
      )}
    </nav>
  );
}

function Entry({ entry, withIcon }: { entry: MenuEntry; withIcon?: boolean }) {
  const t = useText();
  return (
    <Link to={entry.route.path} className={styles.entry} aria-current={entry.current ? "page" : undefined}>
      {withIcon && <Icon name={menuIcon(entry.menu)} />}
      <span>{t(`menu.${entry.menu}`)}</span>
    </Link>
  );
}
