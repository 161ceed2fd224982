/** What fits all children on one way: who goes where, and one button for all. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, notifyDone, Section, SessionFacts, StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../bookings.module.css";
import { givenName } from "../names";
import type { Outing } from "../types";
import { useRefreshFamily } from "../useFamily";
import { useWhyNot } from "../useWhyNot";
import { useUsualFirst } from "./useSites";

export function Together({ day, hub }: { day?: string; hub?: number }) {
  const t = useText();
  const query = api.useQuery(
    "get",
    "/api/activities/together",
    { params: { query: { day, hub } } },
    { meta: { live: ["booking", "session"] } },
  );
  return (
    <Loaded query={query}>
      {({ children, outings }) => {
        const names = new Map(children.map((child) => [child.id, givenName(child.name)]));
        if (outings.length === 0) {
          return <EmptyState title={t("together.none")}>{t("together.none_hint")}</EmptyState>;
        }
        return <Days outings={outings} names={names} />;
      }}
    </Loaded>
  );
}

function Days({ outings, names }: { outings: Outing[]; names: Map<number, string> }) {
  const dates = useDates();
  const usualFirst = useUsualFirst();
  const days = new Map<string, Outing[]>();
  for (const outing of usualFirst(outings, ({ parts }) => parts[0]?.session)) {
    const day = dates.near(outing.starts_at);
    days.set(day, [...(days.get(day) ?? []), outing]);
  }
  return [...days].map(([day, theirs]) => (
    <Section key={day} title={day}>
      <ul className={rows.list}>
        {theirs.map((outing) => (
          <OutingRow key={outing.parts.map((part) => part.session.id).join()} outing={outing} names={names} />
        ))}
      </ul>
    </Section>
  ));
}

export function OutingRow({ outing, names }: { outing: Outing; names: Map<number, string> }) {
  const t = useText();
  const why = useWhyNot();
  const refresh = useRefreshFamily();
  const said = (children: number[]) => children.map((child) => names.get(child) ?? "").join(t("ui.joiner"));
  const everybody = said(outing.parts.flatMap((part) => part.children));
  const book = api.useMutation("post", "/api/activities/together/book", {
    onSuccess: () => notifyDone(t("activities.done", { names: everybody })),
    onSettled: refresh,
  });
  const how = outing.steps > 1 ? "in_turn" : outing.parts.length > 1 ? "same_time" : "same_session";
  return (
    <li className={rows.row}>
      <StateMark state="free">{t(`together.${how}`)}</StateMark>
      {outing.parts.map((part) => (
        <div key={part.session.id} className={rows.facts}>
          {outing.parts.length > 1 && <span className={rows.name}>{said(part.children)}</span>}
          <SessionFacts session={part.session} what={part.session.program} as="day" />
        </div>
      ))}
      <div className={styles.book}>
        <Button
          variant="outline"
          loading={book.isPending}
          onClick={() =>
            book.mutate({
              body: { parts: outing.parts.map(({ session, children }) => ({ session: session.id, children })) },
            })
          }
        >
          {t("activities.book", { names: everybody })}
        </Button>
        {book.error !== null && (
          <span role="alert" className={rows.reason}>
            <Icon name="warning" /> {why.of(book.error)}
          </span>
        )}
      </div>
    </li>
  );
}
