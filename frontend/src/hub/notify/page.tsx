/** What went out, as it reads on the phone. In the demo this is the phone: codes to read, links to tap. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "@/api/client";
import { useMe } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page, say, useDates } from "@/ui";
import styles from "./messages.module.css";

type Message = components["schemas"]["MessageOut"];
const EVERY = 4_000;

function useMessages(watch: boolean) {
  return useInfiniteQuery({
    queryKey: ["get", "/api/messages"],
    queryFn: async ({ pageParam }) => {
      const answer = await call.GET("/api/messages", { params: { query: { before: pageParam } } });
      if (!answer.data) throw answer.error;
      return answer.data;
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.before ?? undefined,
    refetchInterval: watch ? EVERY : false,
  });
}

export default function MessagesPage() {
  const t = useText();
  const demo = useMe().data?.demo ?? false;
  const query = useMessages(demo);
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <Page title={t("messages.title")} lead={demo ? t("messages.lead_demo") : t("messages.lead")}>
      <Loaded query={query}>
        {() =>
          messages.length === 0 ? (
            <EmptyState title={t("messages.none")}>{t("messages.none_hint")}</EmptyState>
          ) : (
            <>
              <ul className={styles.list}>
                {messages.map((message) => (
                  <OneMessage key={message.id} message={message} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button variant="default" onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
                  {t("messages.more")}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function OneMessage({ message }: { message: Message }) {
  const t = useText();
  const dates = useDates();
  const states = {
    queued: t("messages.queued"),
    sending: t("messages.sending"),
    sent: t("messages.sent"),
    dead: t("messages.dead"),
  };
  const when = message.sent_at ?? message.created_at;
  return (
    <li className={styles.message}>
      <div className={styles.head}>
        <span>
          {message.phone
            ? t("messages.to_phone", { who: message.to, phone: message.phone })
            : t("messages.to", { who: message.to })}
        </span>
        <span>
          {[
            `${dates.near(when)} ${dates.time(when)}`,
            say(t, "channel", message.channel, {}, "channel.other"),
            states[message.state],
          ].join(" \u00b7 ")}
        </span>
      </div>
      <p className={styles.bubble}>{message.text ? <Words message={message} /> : <em>{t("messages.hidden")}</em>}</p>
      {message.state === "dead" && (
        <span className={styles.error}>{say(t, "not_sent", message.error, {}, "not_sent.other")}</span>
      )}
    </li>
  );
}

/** The text with its own link made tappable, and no other. */
function Words({ message }: { message: Message }) {
  const [before, after] = message.link ? message.text.split(message.link) : [message.text];
  if (after === undefined) return before;
  const path = new URL(message.link).pathname;
  return (
    <>
      {before}
      <a href={path}>{message.link}</a>
      {after}
    </>
  );
}
