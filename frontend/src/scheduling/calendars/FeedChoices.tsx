/** What an address says: whether the children stand in it by name, how long before each entry it reminds. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Alarm, Feed } from "./types";

const alarms: Alarm[] = [0, 30, 120, 1440];

export function FeedChoices({ feed, onDone }: { feed: Feed; onDone: () => Promise<void> }) {
  const t = useText();
  const words = useErrorText();
  const change = api.useMutation("patch", "/api/feeds/{feed_id}", { onSettled: onDone });
  const params = { path: { feed_id: feed.id } };
  const error: unknown = change.error;
  return (
    <>
      <NativeSelect
        label={t("feed.alarm")}
        description={t("feed.alarm_hint")}
        value={feed.alarm}
        disabled={change.isPending}
        onChange={({ currentTarget: { value } }) => change.mutate({ params, body: { alarm: Number(value) as Alarm } })}
        data={alarms.map((minutes) => ({ value: String(minutes), label: t(`feed.alarm_${minutes}`) }))}
      />
      {/* Whoever gets hold of the address reads what stands there: names only where the family wants them. */}
      {feed.scope === "family" && (
        <Checkbox
          label={t("feed.names")}
          description={t("feed.names_hint")}
          checked={feed.names}
          disabled={change.isPending}
          onChange={({ currentTarget: { checked } }) => change.mutate({ params, body: { names: checked } })}
        />
      )}
      {error !== null && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
    </>
  );
}
