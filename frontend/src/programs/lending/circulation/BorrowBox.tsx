/** On the page that a sticker opens, for families: the book is in hand, one tap takes it along. */
import { Button, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, say, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./circulation.module.css";
import { useRefreshBooks } from "./useRefreshBooks";

export default function BorrowBox({ code }: { code: string }) {
  const path = { params: { path: { code } } };
  const here = api.useQuery("get", "/api/lending/stickers/{code}", path, { retry: false, meta: { live: ["books"] } });
  return <Loaded query={here}>{(copy) => <Take key={copy.id} code={code} {...copy} />}</Loaded>;
}

interface Props {
  code: string;
  mine: boolean;
  refused?: { code: string; facts: Record<string, unknown> } | null;
  readers: { id: number; name: string }[];
}

function Take({ code, mine, refused, readers }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const [reader, setReader] = useState(readers[0]?.id ?? 0);
  const take = api.useMutation("post", "/api/lending/stickers/{code}/borrow", { onSettled: refresh });
  const error: unknown = take.error;
  if (take.data) {
    return (
      <div className={styles.done} role="status">
        <Text fw={600}>{t("take.done", { day: dates.day(take.data.due_on) })}</Text>
        <Link className={styles.more} to="/books/mine">
          {t("take.mine")}
        </Link>
      </div>
    );
  }
  if (refused) {
    return (
      <Stack gap="xs">
        <Text>{mine ? t("take.is_mine") : say(t, "take_why", refused.code, refused.facts, "take_why.other")}</Text>
        {mine && (
          <Link className={styles.more} to="/books/mine">
            {t("take.mine")}
          </Link>
        )}
      </Stack>
    );
  }
  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({ params: { path: { code } }, body: { reader } });
      }}
    >
      {readers.length > 1 && (
        <NativeSelect
          label={t("take.for_whom")}
          value={reader}
          onChange={({ currentTarget: { value } }) => setReader(Number(value))}
          data={readers.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
      {error !== null && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      <Button type="submit" size="lg" loading={take.isPending}>
        {t("take.verb")}
      </Button>
    </form>
  );
}
