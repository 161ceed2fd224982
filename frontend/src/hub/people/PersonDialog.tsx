/** One person's roles: take one back (asked once more), or give another. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, useErrorText, useFocusBack } from "@/ui";
import styles from "./people.module.css";
import { isComplete, RoleFields, type Wish } from "./RoleFields";
import { type Held, type Holder, useRefreshPeople, useRoleWords } from "./roleWords";

interface Props {
  person: Holder;
  mayGrant: boolean;
  onClose: () => void;
}

export function PersonDialog({ person, mayGrant, onClose }: Props) {
  const t = useText();
  const words = useRoleWords();
  const errorText = useErrorText();
  useFocusBack();
  const refresh = useRefreshPeople();
  const [leaving, setLeaving] = useState<Held>();
  const revoke = api.useMutation("delete", "/api/people/roles/{grant_id}", {
    onSuccess: async () => {
      await refresh();
      setLeaving(undefined);
      notifyDone(t("people.revoked"));
    },
  });
  return (
    <>
      <Modal opened={!leaving} onClose={onClose} title={person.name} closeButtonProps={{ "aria-label": t("ui.close") }}>
        <Stack gap="lg">
          <Text c="dimmed">{[person.phone, person.community].filter(Boolean).join(" · ")}</Text>
          {person.roles.length === 0 && <Text>{t("people.no_role")}</Text>}
          <ul className={styles.held}>
            {person.roles.map((held) => (
              <li key={held.id}>
                <span>{words(held)}</span>
                {held.revocable && mayGrant && (
                  <Button variant="subtle" onClick={() => setLeaving(held)}>
                    {t("people.revoke")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {mayGrant && <GiveRole person={person} />}
        </Stack>
      </Modal>
      {leaving && (
        <ConfirmDialog
          opened
          onClose={() => {
            revoke.reset();
            setLeaving(undefined);
          }}
          title={t("people.revoke_title", { name: person.name, role: words(leaving) })}
          consequence={t("people.revoke_consequence")}
          verb={t("people.revoke")}
          onConfirm={() => revoke.mutate({ params: { path: { grant_id: leaving.id } } })}
          busy={revoke.isPending}
          error={revoke.error ? errorText(revoke.error) : undefined}
        />
      )}
    </>
  );
}

function GiveRole({ person }: { person: Holder }) {
  const t = useText();
  const errorText = useErrorText();
  const refresh = useRefreshPeople();
  const [wish, setWish] = useState<Partial<Wish>>({});
  const grant = api.useMutation("post", "/api/people/{person_id}/roles", {
    onSuccess: async () => {
      await refresh();
      setWish({});
      notifyDone(t("people.granted"));
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (isComplete(wish)) grant.mutate({ params: { path: { person_id: person.id } }, body: wish });
  };
  return (
    <form onSubmit={submit} className={styles.give}>
      <Stack gap="md">
        <Text fw={600}>{t("people.give")}</Text>
        <RoleFields wish={wish} onChange={setWish} />
        {grant.error && (
          <Text role="alert" c="var(--empty)">
            {errorText(grant.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isComplete(wish)} loading={grant.isPending}>
            {t("people.grant")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
