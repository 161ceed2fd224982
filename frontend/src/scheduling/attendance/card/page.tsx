/** My card: shown to the hub's tablet, or printed. Saved to the phone it works without a network. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, isWeChat, Loaded, Page, useErrorText } from "@/ui";
import { QrCode } from "@/ui/QrCode";
import styles from "../attendance.module.css";

export default function CardPage() {
  const t = useText();
  const card = api.useQuery("get", "/api/attendance/card", {});
  return (
    <Page title={t("card.title")} lead={t("card.lead")}>
      <Loaded query={card}>
        {({ name, number, text }) => (
          <>
            <div className={styles.card}>
              <span className={styles.holder}>{name}</span>
              <QrCode text={text} label={t("card.code", { name })} />
              <span className={styles.number}>{`${number.slice(0, 4)} ${number.slice(4)}`}</span>
            </div>
            <Text c="dimmed" data-no-print>
              {t("card.number_hint")}
            </Text>
            <Group gap="sm" data-no-print>
              {!isWeChat() && (
                <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
                  {t("ui.print")}
                </Button>
              )}
              <Replace />
            </Group>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Replace() {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [asked, ask] = useState(false);
  const replace = api.useMutation("post", "/api/attendance/card/replace", {
    onSuccess: (card) => {
      cache.setQueryData(["get", "/api/attendance/card", {}], card);
      ask(false);
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {t("card.replace")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => ask(false)}
        title={t("card.replace")}
        consequence={t("card.replace_means")}
        verb={t("card.replace_do")}
        onConfirm={() => replace.mutate({})}
        busy={replace.isPending}
        error={replace.error ? words(replace.error) : undefined}
      />
    </>
  );
}
