/** What a page shows when it can't show its content yet, or at all. */
import { Button, Stack, Text, Title } from "@mantine/core";
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { Icon } from "./icons";
import { Picture, type PictureName } from "./pictures";
import { useErrorText } from "./Sentence";
import styles from "./states.module.css";

interface StateProps {
  picture?: PictureName;
  title: string;
  /** 1 where the state stands in for the whole page, title and all. */
  order?: 1 | 2;
  children?: React.ReactNode;
  action?: React.ReactNode;
}

function State({ picture = "bench", title, order = 2, children, action }: StateProps) {
  return (
    <Stack className={styles.state} align="center" gap="sm">
      <Picture name={picture} />
      <Title order={order} size="h2">
        {title}
      </Title>
      {children && (
        <Text component="div" c="dimmed" ta="center">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}

/** Whether the page has no heading but that of its content: what stands in for it is one. */
export const HeadedByContent = createContext(false);

/** Nothing here, and what one can do about it. */
export function EmptyState(props: StateProps) {
  return <State {...props} />;
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText();
  const words = useErrorText();
  const alone = useContext(HeadedByContent);
  if (error instanceof Refusal && error.status === 403) return <NoPermission />;
  return (
    <div role="alert">
      <State
        picture="bridge"
        order={alone ? 1 : 2}
        title={words(error)}
        action={
          onRetry && (
            <Button variant="default" onClick={onRetry}>
              {t("ui.retry")}
            </Button>
          )
        }
      >
        {t("errors.what_to_do")}
      </State>
    </div>
  );
}

export function NoPermission() {
  const t = useText();
  return (
    <State picture="door" order={1} title={t("errors.no_permission_title")}>
      {t("errors.no_permission")}
    </State>
  );
}

/** The shape of what is coming; nothing at all for the first 300 ms, so that quick pages don't flicker. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className={styles.skeleton} role="status" aria-label={t("ui.loading")}>
      {Array.from({ length: lines }, (_, index) => index).map((line) => (
        <span key={line} className={styles.line} style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** A query's three faces in one line: `<Loaded query={board}>{(data) => ...}</Loaded>`. Old data beats an error. */
export function Loaded<Data>(props: {
  query: Query<Data>;
  skeleton?: React.ReactNode;
  children: (data: Data) => React.ReactNode;
}) {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return props.children(data);
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return props.skeleton ?? <Skeleton />;
}

const subscribeToNetwork = (listener: () => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};

export function useOnline(): boolean {
  return useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
}

export function OfflineBanner() {
  const t = useText();
  if (useOnline()) return null;
  return (
    <div className={styles.banner} role="status">
      <Icon name="warning" /> {t("ui.offline")}
    </div>
  );
}
