/** What is closed in a week that is shown: in words above it. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { StateMark, useDates } from "@/ui";
import { useClosures } from "./useClosures";

export function Closed({ week, hub }: { week: string; hub: number | undefined }) {
  const t = useText();
  const dates = useDates();
  const { data } = useClosures({ week, hub });
  if (!data || data.length === 0) return null;
  return (
    <ul style={{ listStyle: "none", padding: 0, margin: 0 }}>
      {data.map((one) => (
        <Text component="li" key={one.id}>
          <StateMark state="cancelled">{t("closures.closed")}</StateMark>{" "}
          {t("closures.notice", {
            place: `${one.hub_name} ${one.room_name}`.trim(),
            when: dates.span(one.starts_at, one.ends_at),
            reason: one.reason,
          })}
        </Text>
      ))}
    </ul>
  );
}
