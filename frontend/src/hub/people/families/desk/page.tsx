/** 家庭, for staff: find one by a child or by the guardian's whole number, start one, record a paper, print the card. */
import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Page, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../families.module.css";
import type { DeskFamily } from "../types";
import { DeskFamilyRow } from "./DeskFamilyRow";
import { StartDialog } from "./StartDialog";

const NUMBER = /^[\d\s+\-()]{8,}$/;

export default function FamiliesPage() {
  const t = useText();
  const words = useErrorText();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [found, setFound] = useState<DeskFamily[]>();
  const [starting, setStarting] = useState(false);
  const find = api.useMutation("post", "/api/families/find", { onSuccess: setFound });
  const changed = (family: DeskFamily) =>
    setFound((before) => (before ?? []).map((one) => (one.id === family.id ? family : one)));
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setAsked(text.trim());
    find.mutate({ body: { q: text } });
  };
  return (
    <Page
      title={t("families.desk")}
      lead={t("families.desk_lead")}
      actions={
        <Button variant={found ? "default" : "filled"} onClick={() => setStarting(true)}>
          {t("families.start")}
        </Button>
      }
    >
      <form onSubmit={submit} className={styles.find}>
        <TextInput
          label={t("families.find")}
          description={t("families.find_hint")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={60}
        />
        <Button type="submit" variant="default" disabled={text.trim().length < 2} loading={find.isPending}>
          {t("families.find_do")}
        </Button>
      </form>
      {find.error && (
        <p role="alert" className={rows.error}>
          {words(find.error)}
        </p>
      )}
      {found && found.length === 0 && (
        <EmptyState title={t("families.found_none")}>{t("families.found_none_hint")}</EmptyState>
      )}
      {found && found.length > 0 && (
        <Stack component="ul" className={rows.list} aria-label={t("families.desk")}>
          {found.map((family) => (
            <DeskFamilyRow key={family.id} family={family} told={NUMBER.test(asked) ? asked : ""} onChanged={changed} />
          ))}
        </Stack>
      )}
      {starting && (
        <StartDialog
          onClose={() => setStarting(false)}
          onStarted={(family) => {
            setFound([family]);
            setStarting(false);
          }}
        />
      )}
    </Page>
  );
}
