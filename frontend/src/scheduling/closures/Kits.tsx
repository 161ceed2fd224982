/** What sessions take along, one at a time: a box of books, a projector. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { RemoveButton, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Place } from "./types";
import { useSaved } from "./useSaved";

export function Kits({ site }: { site: Place }) {
  const t = useText();
  const words = useErrorText();
  const [name, setName] = useState("");
  const add = api.useMutation(
    "post",
    "/api/hubs/{hub_id}/kits",
    useSaved(t("sites.kit_added"), () => setName("")),
  );
  const failed: unknown = add.error;
  return (
    <Section title={t("sites.kits")}>
      <Text c="dimmed">{t("sites.kits_lead")}</Text>
      <ul className={rows.list}>
        {site.kits.map((kit) => (
          <OneKit key={kit.id} kit={kit} />
        ))}
      </ul>
      {failed !== null && (
        <Text role="alert" c="var(--empty)">
          {words(failed)}
        </Text>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ params: { path: { hub_id: site.id } }, body: { name } });
        }}
      >
        <Group gap="sm" align="flex-end">
          <TextInput
            flex={1}
            label={t("sites.kit_name")}
            placeholder={t("sites.kit_example")}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending} disabled={!name.trim()}>
            {t("sites.add_kit")}
          </Button>
        </Group>
      </form>
    </Section>
  );
}

function OneKit({ kit }: { kit: Place["kits"][number] }) {
  const t = useText();
  const remove = api.useMutation("delete", "/api/kits/{kit_id}", useSaved(t("sites.kit_removed")));
  return (
    <li className={rows.row}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span className={rows.name}>{kit.name}</span>
        <RemoveButton
          name={t("sites.remove_kit", { name: kit.name })}
          consequence={t("sites.remove_kit_means")}
          verb={t("sites.remove")}
          doing={remove}
          onConfirm={() => remove.mutate({ params: { path: { kit_id: kit.id } } })}
        />
      </Group>
    </li>
  );
}
