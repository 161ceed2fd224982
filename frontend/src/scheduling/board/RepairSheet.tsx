/** On a phone: one session that lacks people and the ways to fill it, from below. */
import { Drawer, Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { Loaded } from "@/ui";
import { Head, usePanel, WhyShort } from "./Panel";
import { Repairs } from "./Repairs";
import { lacksPeople } from "./types";

export function RepairSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText();
  const query = usePanel(id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="90%"
      title={t("repair.title")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Loaded query={query}>
        {(session) => (
          <Stack gap="md">
            <Head session={session} />
            <WhyShort session={session} />
            {lacksPeople(session) ? (
              <Repairs session={session} untitled />
            ) : (
              <Text role="status">{t("repair.nothing_to_do")}</Text>
            )}
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}
