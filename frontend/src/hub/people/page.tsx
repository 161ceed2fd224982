/** Who holds which role: found by name or whole number, granted and taken back. */
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { roles } from "@/roles";
import { EmptyState, Icon, Loaded, OpenCard, Page, Pager } from "@/ui";
import { AppointDialog } from "./AppointDialog";
import { PersonDialog } from "./PersonDialog";
import styles from "./people.module.css";
import { type Holder, useRoleWords } from "./roleWords";

const PAGE = 50;

export default function PeoplePage() {
  const t = useText();
  const mayGrant = useGrant()?.role !== "regulator";
  const [text, setText] = useState("");
  const [role, setRole] = useState<string | null>(null);
  const [skip, setSkip] = useState(0);
  const [openId, setOpenId] = useState<number>();
  const [appointing, setAppointing] = useState(false);
  const [q] = useDebouncedValue(text.trim(), 250);
  const query = { q, skip, ...(role ? { role: role as Holder["roles"][number]["role"] } : {}) };
  const people = api.useQuery("get", "/api/people", { params: { query } }, { placeholderData: keepPreviousData });
  const open = people.data?.people.find((person) => person.id === openId);

  const search = (change: () => void) => {
    change();
    setSkip(0);
  };
  return (
    <Page
      title={t("people.title")}
      lead={t("people.lead")}
      actions={mayGrant && <Button onClick={() => setAppointing(true)}>{t("people.add")}</Button>}
    >
      <Group gap="sm" align="flex-end" className={styles.search}>
        <TextInput
          label={t("people.search")}
          placeholder={t("people.search_hint")}
          type="search"
          leftSection={<Icon name="find" />}
          value={text}
          onChange={(event) => search(() => setText(event.currentTarget.value))}
        />
        <Select
          label={t("people.role")}
          placeholder={t("people.every_role")}
          data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={role}
          onChange={(value) => search(() => setRole(value))}
          clearable
          clearButtonProps={{ "aria-label": t("people.every_role") }}
        />
      </Group>
      <Loaded query={people}>
        {(data) => (
          <Stack gap="md">
            {data.people.length === 0 && <EmptyState title={t("people.none")}>{t("people.none_hint")}</EmptyState>}
            <ul className={styles.list}>
              {data.people.map((person) => (
                <li key={person.id}>
                  <OpenCard onOpen={() => setOpenId(person.id)}>
                    <Row person={person} />
                  </OpenCard>
                </li>
              ))}
            </ul>
            <Pager skip={skip} size={PAGE} more={data.more} onSkip={setSkip} />
          </Stack>
        )}
      </Loaded>
      {open && <PersonDialog person={open} mayGrant={mayGrant} onClose={() => setOpenId(undefined)} />}
      {appointing && <AppointDialog onClose={() => setAppointing(false)} />}
    </Page>
  );
}

function Row({ person }: { person: Holder }) {
  const words = useRoleWords();
  return (
    <span className={styles.row}>
      <span className={styles.name}>{person.name}</span>
      <Text component="span" c="dimmed" className={styles.phone}>
        {person.phone}
      </Text>
      <span className={styles.roles}>
        {person.roles.map((held) => (
          <span key={held.id}>{words(held)}</span>
        ))}
      </span>
    </span>
  );
}
