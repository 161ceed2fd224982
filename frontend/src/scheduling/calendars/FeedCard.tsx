/** A calendar to take along: make its address, see it once, copy it or open it, end it; or take a file. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, isWeChat, Loaded, useDates, useErrorText, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./calendars.module.css";
import { FeedChoices } from "./FeedChoices";
import { Subscribe } from "./Subscribe";
import type { Feed, Scope } from "./types";
import { feedOf, useFeeds, useRefreshFeeds } from "./useFeeds";

interface Props {
  scope: Scope;
  /** Not for one's own shifts and family. */
  scopeId?: number;
}

export function FeedCard({ scope, scopeId }: Props) {
  const feeds = useFeeds();
  return (
    <Loaded query={feeds}>
      {(all) => <Card scope={scope} scopeId={scopeId} feed={feedOf(all, scope, scopeId)} />}
    </Loaded>
  );
}

function Card({ scope, scopeId, feed }: Props & { feed: Feed | undefined }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshFeeds();
  const make = api.useMutation("post", "/api/feeds", { onSettled: refresh });
  const created = make.data && make.data.id === feed?.id ? make.data : undefined;
  const error: unknown = make.error;
  const open = () => make.mutate({ body: { scope, scope_id: scopeId ?? null } });
  return (
    <div className={styles.card}>
      {created ? <Fresh path={created.path} /> : feed ? <InForce feed={feed} /> : <p>{t("feed.none")}</p>}
      {error !== null && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
      {feed && <FeedChoices feed={feed} onDone={refresh} />}
      <div className={styles.actions}>
        {!feed && (
          <Button onClick={open} loading={make.isPending}>
            {t("feed.make")}
          </Button>
        )}
        {feed && !created && <Replace onConfirm={open} busy={make.isPending} />}
        {feed && <Revoke feed={feed} onDone={refresh} />}
        <Download scope={scope} scopeId={scopeId} />
      </div>
    </div>
  );
}

/** The address is shown this once: nobody, we neither, can look it up again. */
function Fresh({ path }: { path: string }) {
  const t = useText();
  return (
    <>
      <p className={styles.strong}>
        <Icon name="check" /> {t("feed.ready")}
      </p>
      <p className={rows.soft}>{t("feed.once")}</p>
      <Subscribe path={path} />
    </>
  );
}

export function Used({ feed }: { feed: Feed }) {
  const t = useText();
  const dates = useDates();
  if (!feed.last_used_at) return t("feed.never_used");
  return t("feed.last_used", { when: dates.near(feed.last_used_at) });
}

function InForce({ feed }: { feed: Feed }) {
  const t = useText();
  const dates = useDates();
  return (
    <p>
      {t("feed.in_force", { day: dates.near(feed.created_at) })}
      <br />
      <Used feed={feed} />
      <br />
      <span className={rows.soft}>{t("feed.hidden")}</span>
    </p>
  );
}

function Replace({ onConfirm, busy }: { onConfirm: () => void; busy: boolean }) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)} loading={busy}>
        {t("feed.replace")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("feed.replace_title")}
        consequence={t("feed.replace_consequence")}
        verb={t("feed.replace")}
        onConfirm={() => {
          setAsked(false);
          onConfirm();
        }}
      />
    </>
  );
}

function Revoke({ feed, onDone }: { feed: Feed; onDone: () => Promise<void> }) {
  const t = useText();
  const words = useErrorText();
  const [asked, setAsked] = useState(false);
  const revoke = api.useMutation("delete", "/api/feeds/{feed_id}", {
    onSuccess: () => setAsked(false),
    onSettled: onDone,
  });
  const error: unknown = revoke.error;
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("feed.revoke")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t("feed.revoke_title")}
        consequence={t("feed.revoke_consequence")}
        verb={t("feed.revoke")}
        onConfirm={() => revoke.mutate({ params: { path: { feed_id: feed.id } } })}
        busy={revoke.isPending}
        error={error === null ? undefined : words(error)}
      />
    </>
  );
}

function Download({ scope, scopeId }: Props) {
  const t = useText();
  const query = new URLSearchParams({ scope, ...(scopeId === undefined ? {} : { scope_id: String(scopeId) }) });
  const address = `/api/feeds/file?${query}`;
  if (isWeChat()) {
    return (
      <details className={rows.fold}>
        <summary>{t("feed.download")}</summary>
        <WeChatFallback address={window.location.href}>{null}</WeChatFallback>
      </details>
    );
  }
  return (
    <Button component="a" href={address} download variant="subtle" px={0} leftSection={<Icon name="download" />}>
      {t("feed.download")}
    </Button>
  );
}
