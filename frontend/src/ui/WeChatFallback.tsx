/** In WeChat: the address to copy and what to tap instead of a button that would do nothing; elsewhere the children. */
import { Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { CopyField } from "./CopyField";
import { isWeChat } from "./wechat";

export function WeChatFallback({ address, children }: { address: string; children: React.ReactNode }) {
  const t = useText();
  if (!isWeChat()) return children;
  return (
    <Stack gap="sm">
      <Text>{t("wechat.open_elsewhere")}</Text>
      <CopyField label={t("wechat.address")} text={address} />
    </Stack>
  );
}
