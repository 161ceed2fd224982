/** The link of a reminder: one tap keeps the books longer, nobody signs in. */
import { Button, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Icon, Loaded, say, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../circulation.module.css";

const address = "/api/renewals/{token}";

export default function RenewPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery("get", address, { params: { path: { token } } }, { retry: false });
  const error: unknown = page.error;
  return (
    <BarePage title={t("renew.page")} named>
      {error instanceof Refusal && ["not_found", "link_expired"].includes(error.code) ? (
        <EmptyState
          order={1}
          picture="snail"
          title={t("renew.over")}
          action={
            <Button component={Link} to="/books/mine" variant="default">
              {t("renew.sign_in")}
            </Button>
          }
        >
          {t("renew.over_hint")}
        </EmptyState>
      ) : (
        <Loaded query={page}>{({ loans }) => <Books token={token} loans={loans} />}</Loaded>
      )}
    </BarePage>
  );
}

interface Book {
  book: string;
  due_on: string;
  renewed: boolean;
  not_renewable?: { code: string; facts: Record<string, unknown> } | null;
}

function Books({ token, loans }: { token: string; loans: Book[] }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const path = { params: { path: { token } } };
  const renew = api.useMutation("post", address, {
    onSuccess: (data) => cache.setQueryData(["get", address, path], data),
  });
  const open = loans.filter((one) => !one.not_renewable);
  const error: unknown = renew.error;
  if (loans.length === 0) {
    return (
      <EmptyState order={1} picture="snail" title={t("renew.all_back")}>
        {t("renew.all_back_hint")}
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <div role="status">
        <Title order={1}>{t(open.length > 0 ? "renew.question" : "renew.done")}</Title>
        {open.length === 0 && <Text c="dimmed">{t("renew.done_hint")}</Text>}
      </div>
      <ul className={styles.lines}>
        {loans.map((one) => (
          <li key={`${one.book} ${one.due_on}`} className={styles.line}>
            <span className={styles.about}>
              <span className={styles.name}>{one.book}</span>
              <span className={styles.stand} data-how={one.renewed ? "ready" : undefined}>
                <Icon name={one.renewed ? "check" : "calendar"} />
                {t(one.renewed ? "renew.until" : "renew.due", { day: dates.day(one.due_on) })}
              </span>
              {one.not_renewable && !one.renewed && (
                <span className={rows.soft}>
                  {say(t, "lent_why", one.not_renewable.code, one.not_renewable.facts, "lent_why.other")}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {error !== null && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      {open.length > 0 && (
        <Button size="lg" loading={renew.isPending} onClick={() => renew.mutate(path)}>
          {t("renew.verb", { count: open.length })}
        </Button>
      )}
    </Stack>
  );
}
