/** Where this installation has an official account: messages come by WeChat to those who say so from within it. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { isWeChat, Section, StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

export function ByWeChat() {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [search] = useSearchParams();
  const stands = api.useQuery("get", "/api/wechat");
  const leave = api.useMutation("delete", "/api/wechat", {
    onSuccess: () => cache.invalidateQueries({ queryKey: ["get", "/api/wechat"] }),
  });
  if (!stands.data?.possible) return null;
  const failed = search.get("wechat") === "failed" ? t("wechat.failed") : leave.error && words(leave.error);
  return (
    <Section title={t("wechat.title")}>
      {stands.data.follows ? (
        <Group gap="sm">
          <StateMark state="full">{t("wechat.on")}</StateMark>
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate({})}>
            {t("wechat.off")}
          </Button>
        </Group>
      ) : isWeChat() ? (
        <>
          <p className={rows.soft}>{t("wechat.hint")}</p>
          <Button component="a" href="/wechat/follow">
            {t("wechat.ask")}
          </Button>
        </>
      ) : (
        <p className={rows.soft}>{t("wechat.only_there")}</p>
      )}
      {failed && (
        <p role="alert" className={rows.error}>
          {failed}
        </p>
      )}
    </Section>
  );
}
