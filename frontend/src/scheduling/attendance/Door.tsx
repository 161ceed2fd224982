/** The hub's code, changed in time. Offline the last one grows old, and says so. */
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded } from "@/ui";
import { QrCode } from "@/ui/QrCode";
import styles from "./attendance.module.css";

const SECOND = 1000;

export function Door({ hub, name }: { hub: number; name: string }) {
  const t = useText();
  const options = api.queryOptions("get", "/api/attendance/door/{hub_id}", { params: { path: { hub_id: hub } } });
  const door = useQuery({
    ...options,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.error ? 5 : (state.data?.seconds ?? 5) + 0.5) * SECOND,
    refetchIntervalInBackground: true,
  });
  return (
    <div className={styles.door}>
      <Loaded query={door}>
        {({ address }) => (
          <>
            <QrCode text={address} label={t("attend.door_code", { hub: name })} />
            <Text ta="center">{t("attend.door_hint")}</Text>
            {door.error && (
              <Text role="alert" c="var(--empty)" ta="center">
                {t("attend.door_stale")}
              </Text>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
