/** A page that is made to be printed, A4 if not larger: a sheet, and above it tools that stay off the paper. */
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { Icon } from "./icons";
import styles from "./PaperPage.module.css";
import { HeadedByContent } from "./states";
import { useTitle } from "./useTitle";

interface Props {
  title: string;
  /** Landscape. */
  across?: boolean;
  /** A3: the same, magnified. */
  large?: boolean;
  children: React.ReactNode;
}

export function PaperPage({ title, across = false, large = false, children }: Props) {
  useTitle(title);
  return (
    <main className={styles.page} data-across={across || undefined} data-large={large || undefined}>
      <HeadedByContent value>{children}</HeadedByContent>
    </main>
  );
}

interface ToolsProps {
  back: string;
  to: string;
  /** Whether all that belongs on the paper is there. */
  ready?: boolean;
  children?: React.ReactNode;
}

/** The way back, what may be chosen, and printing. */
export function PaperTools({ back, to, ready = true, children }: ToolsProps) {
  const t = useText();
  return (
    <div className={styles.tools} data-no-print>
      <Link to={to}>{back}</Link>
      {children}
      <Button leftSection={<Icon name="print" />} disabled={!ready} onClick={() => window.print()}>
        {t("ui.print")}
      </Button>
    </div>
  );
}

export function Paper({ children }: { children: React.ReactNode }) {
  return <article className={styles.sheet}>{children}</article>;
}

export function PaperHead({ children }: { children: React.ReactNode }) {
  return <header className={styles.head}>{children}</header>;
}
