/** A page without the shell, for those who are not signed in: setup, sign-in, the answer to a message. */
import { Text, Title } from "@mantine/core";
import { useText } from "@/i18n";
import styles from "./BarePage.module.css";
import { ElderToggle } from "./shell/ElderToggle";
import { LanguageSwitch } from "./shell/LanguageSwitch";
import { Mark } from "./shell/Mark";
import { HeadedByContent, OfflineBanner } from "./states";
import { useTitle } from "./useTitle";

interface Props {
  /** Of the browser's tab. */
  title: string;
  /** Says at the top whose page it is; not where the greeting does. */
  named?: boolean;
  /** The tablet at a hub's door, which says itself how it gets on without a network. */
  wide?: boolean;
  children: React.ReactNode;
}

export function BarePage({ title, named = false, wide = false, children }: Props) {
  const t = useText();
  useTitle(title);
  return (
    <>
      {!wide && <OfflineBanner />}
      <header className={styles.top}>
        {named && (
          <span className={styles.name}>
            <Mark /> {t("ui.product")}
          </span>
        )}
        <span className={styles.tools}>
          <ElderToggle />
          <LanguageSwitch />
        </span>
      </header>
      <main className={styles.page} data-named={named || undefined} data-wide={wide || undefined}>
        <HeadedByContent value>{children}</HeadedByContent>
      </main>
    </>
  );
}

/** The mark, large, beside the page's title. */
export function Greeting({ title, lead }: { title: string; lead: string }) {
  return (
    <div className={styles.greeting}>
      <Mark size={56} />
      <div>
        <Title order={1}>{title}</Title>
        <Text c="dimmed">{lead}</Text>
      </div>
    </div>
  );
}
