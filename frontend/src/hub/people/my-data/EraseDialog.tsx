/** The last question before somebody is erased: said with its consequence, ticked, and the children apart. */
import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone, useErrorText, useFocusBack } from "@/ui";

interface Props {
  about: components["schemas"]["AboutOut"];
  /** Of a guardian who asks for themselves. */
  childrenCount: number;
  onClose: () => void;
}

export function EraseDialog({ about, childrenCount, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [understood, setUnderstood] = useState(false);
  const [withChildren, setWithChildren] = useState(false);
  const erase = api.useMutation("post", "/api/my-data/erase", {
    onSuccess: async () => {
      if (about.child) {
        await cache.invalidateQueries();
        notifyDone(t("my_data.erased_child", { name: about.name }));
        onClose();
      } else {
        // A page anew: nothing of them stays in this one's memory, and nothing here asks for it again.
        window.location.replace("/goodbye");
      }
    },
  });
  const body = about.child ? { child_id: about.id, with_children: false } : { with_children: withChildren };
  return (
    <Modal
      opened
      onClose={onClose}
      title={about.child ? t("my_data.ask_child", { name: about.name }) : t("my_data.ask_me")}
      centered
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="lg">
        <Text>{t("my_data.ask_consequence")}</Text>
        {childrenCount > 0 && (
          <Checkbox
            checked={withChildren}
            onChange={(event) => setWithChildren(event.currentTarget.checked)}
            label={t("my_data.with_children", { count: childrenCount })}
          />
        )}
        <Checkbox
          checked={understood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
          label={t("my_data.understood")}
        />
        {erase.error && (
          <Text c="var(--empty)" role="alert">
            {errorText(erase.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("ui.not_now")}
          </Button>
          <Button disabled={!understood} loading={erase.isPending} onClick={() => erase.mutate({ body })}>
            {t("my_data.erase")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
