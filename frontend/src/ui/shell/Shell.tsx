/** The frame around the pages: a quiet bar on top, on phones tabs below. Print leaves it out. */
import { Suspense, useEffect } from "react";
import { Link, Outlet, useLocation } from "react-router";
import { useText } from "@/i18n";
import { Boundary } from "../Boundary";
import { OfflineBanner, Skeleton } from "../states";
import { AccountMenu } from "./AccountMenu";
import { ElderToggle } from "./ElderToggle";
import { LiveMark } from "./LiveMark";
import { Mark } from "./Mark";
import { MenuBar, TabBar } from "./menuBars";
import styles from "./shell.module.css";

export function Shell() {
  const t = useText();
  const { pathname } = useLocation();
  // In braces: newer browsers answer with a promise, which an effect must not return.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("ui.skip_to_content")}
      </a>
      <header className={styles.top} data-no-print>
        <Link to="/" className={styles.brand}>
          <Mark />
          <span>{t("ui.product")}</span>
        </Link>
        <MenuBar />
        <div className={styles.tools}>
          <LiveMark />
          <ElderToggle />
          <AccountMenu />
        </div>
      </header>
      <OfflineBanner />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Boundary key={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
      <TabBar />
    </div>
  );
}

/** A skeleton in a page's place, with its margins. */
export function Waiting() {
  return (
    <div className={styles.waiting}>
      <Skeleton />
    </div>
  );
}
