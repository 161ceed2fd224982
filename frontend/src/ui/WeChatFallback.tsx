/** In WeChat: the address to copy and what to tap instead of a button that would do nothing; elsewhere the children. */
import { Stack, Text } from "@mantine/core";
import { useText } from "@/i18n";
import { CopyField } from "./CopyField";
import { isWeChat } from "./wechat";

interface Props {
  address: string;
  /** What lies there, where a page has several. */
  of?: string;
  children: React.ReactNode;
}

export function WeChatFallback({ address, of, children }: Props) {
  const t = useText();
  if (!isWeChat()) return children;
  return (
    <Stack gap="sm">
      <Text>{t("wechat.open_elsewhere")}</Text>
      <CopyField label={of ? t("wechat.address_of", { what: of }) : t("wechat.address")} text={address} />
    </Stack>
  );
}
