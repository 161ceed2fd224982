/** What went out, as it reads on the phone, and what did not, with what to do about it. In the demo this is the phone:
 * codes to read, links to tap. */
import { Button, Chip } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "@/api/client";
import { useGrant, useMe } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page, say, useDates } from "@/ui";
import { DeadLetter } from "./DeadLetter";
import styles from "./messages.module.css";

type Message = components["schemas"]["MessageOut"];
type Counts = components["schemas"]["MessageCounts"];
type State = Message["state"];
const EVERY = 4_000;
const STATES: State[] = ["dead", "queued", "sending", "sent", "aside"];

function useMessages(watch: boolean, state: State | undefined) {
  return useInfiniteQuery({
    queryKey: ["get", "/api/messages", state],
    queryFn: async ({ pageParam }) => {
      const answer = await call.GET("/api/messages", { params: { query: { before: pageParam, state } } });
      if (!answer.data) throw answer.error;
      return answer.data;
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.before ?? undefined,
    // Not what failed: its error would be gone with every try.
    refetchInterval: ({ state }) => watch && state.data !== undefined && EVERY,
    placeholderData: (before) => before,
  });
}

export default function MessagesPage() {
  const t = useText();
  const demo = useMe().data?.demo ?? false;
  const mayAct = useGrant()?.role === "administrator";
  const [state, setState] = useState<State>();
  const query = useMessages(demo, state);
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <Page title={t("messages.title")} lead={demo ? t("messages.lead_demo") : t("messages.lead")}>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            {pages[0] && <Sieve counts={pages[0].counts} state={state} onChoose={setState} />}
            {messages.length === 0 ? (
              <EmptyState title={state ? t("messages.none_of_these") : t("messages.none")}>
                {!state && t("messages.none_hint")}
              </EmptyState>
            ) : (
              <>
                <ul className={styles.list}>
                  {messages.map((message) => (
                    <OneMessage key={message.id} message={message} mayAct={mayAct} />
                  ))}
                </ul>
                {query.hasNextPage && (
                  <Button variant="default" onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
                    {t("messages.more")}
                  </Button>
                )}
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function useStateWords(): Record<State, string> {
  const t = useText();
  return {
    queued: t("messages.queued"),
    sending: t("messages.sending"),
    sent: t("messages.sent"),
    dead: t("messages.dead"),
    aside: t("messages.aside"),
  };
}

const tall = () => ({ root: { "--chip-size": "var(--target)", "--chip-fz": "1rem" } });

/** How many there are of each kind; what needs somebody comes first. */
function Sieve(props: { counts: Counts; state: State | undefined; onChoose: (state: State | undefined) => void }) {
  const t = useText();
  const words = useStateWords();
  const shown = STATES.filter((state) => props.counts[state] > 0 || state === props.state);
  if (shown.length < 2 && !props.state) return null;
  return (
    <Chip.Group value={props.state ?? ""} onChange={(value) => props.onChoose((value as State) || undefined)}>
      <fieldset className={styles.sieve} aria-label={t("messages.filter")}>
        <Chip value="" vars={tall}>
          {t("messages.all")}
        </Chip>
        {shown.map((state) => (
          <Chip key={state} value={state} vars={tall}>
            {t("messages.count", { name: words[state], count: props.counts[state] })}
          </Chip>
        ))}
      </fieldset>
    </Chip.Group>
  );
}

function OneMessage({ message, mayAct }: { message: Message; mayAct: boolean }) {
  const t = useText();
  const dates = useDates();
  const states = useStateWords();
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
      {message.state === "dead" && mayAct && <DeadLetter message={message} />}
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
