/** The family's card: shown on the phone or printed; a lost one is replaced or switched off. */
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, isWeChat, Loaded, Page, StateMark, useErrorText } from "@/ui";
import { FamilyCard } from "../FamilyCard";
import { useFamilies } from "../useFamilies";

type Card = components["schemas"]["FamilyCardOut"];

export default function FamilyCardPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const families = useFamilies();
  const wanted = Number(parameters.get("family"));
  return (
    <Page title={t("families.card")} lead={t("families.card_lead")}>
      <Loaded query={families}>
        {(all) => {
          const family = all.find((one) => one.id === wanted) ?? all.find((one) => one.confirmed);
          return family ? <OneCard id={family.id} guardian={family.part === "guardian"} /> : t("families.none");
        }}
      </Loaded>
    </Page>
  );
}

function OneCard({ id, guardian }: { id: number; guardian: boolean }) {
  const t = useText();
  const path = { params: { path: { family_id: id } } };
  const card = api.useQuery("get", "/api/families/{family_id}/card", path);
  return (
    <Loaded query={card}>
      {(data) => (
        <>
          {data.revoked ? (
            <StateMark state="cancelled">{t("families.card_off")}</StateMark>
          ) : (
            <FamilyCard card={data} />
          )}
          <Text c="dimmed" data-no-print>
            {t("families.card_number_hint")}
          </Text>
          <Group gap="sm" data-no-print>
            {!isWeChat() && !data.revoked && (
              <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
                {t("ui.print")}
              </Button>
            )}
            {guardian && <Change id={id} deed="replace" />}
            {guardian && !data.revoked && <Change id={id} deed="revoke" />}
          </Group>
        </>
      )}
    </Loaded>
  );
}

function Change({ id, deed }: { id: number; deed: "replace" | "revoke" }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [asked, ask] = useState(false);
  const path = { params: { path: { family_id: id } } };
  const onSuccess = (card: Card) => {
    cache.setQueryData(["get", "/api/families/{family_id}/card", path], card);
    ask(false);
  };
  const replace = api.useMutation("post", "/api/families/{family_id}/card/replace", { onSuccess });
  const revoke = api.useMutation("post", "/api/families/{family_id}/card/revoke", { onSuccess });
  const change = deed === "replace" ? replace : revoke;
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {t(`families.card_${deed}`)}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => ask(false)}
        title={t(`families.card_${deed}`)}
        consequence={t(`families.card_${deed}_means`)}
        verb={t(`families.card_${deed}_do`)}
        onConfirm={() => change.mutate(path)}
        busy={change.isPending}
        error={change.error ? words(change.error) : undefined}
      />
    </>
  );
}
