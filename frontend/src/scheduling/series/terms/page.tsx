/** School terms: the district's and the sites' own. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { useChoices, useSites } from "@/scheduling/sessions/useSites";
import { EmptyState, Loaded, notifyDone, Page, RemoveButton, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Term } from "../types";

export default function TermsPage() {
  const t = useText();
  const terms = api.useQuery("get", "/api/terms");
  const sites = useSites();
  const [edited, setEdited] = useState<Term>();
  const role = useGrant()?.role;
  const mayAdd = role === "coordinator" || role === "administrator";
  return (
    <Page title={t("series.terms")} lead={t("series.terms_lead")}>
      <Loaded query={terms}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="calendar" title={t("series.no_terms")}>
              {t("series.no_terms_hint")}
            </EmptyState>
          ) : (
            <ul className={rows.list}>
              {found.map((term) => (
                <OneTerm
                  key={term.id}
                  term={term}
                  site={sites.data?.find((site) => site.id === term.hub)?.name}
                  onEdit={() => setEdited(term)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayAdd && (
        <TermForm
          key={edited?.id ?? "new"}
          term={edited}
          everywhere={role === "administrator"}
          onDone={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}

function useAgain() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["get", "/api/terms"] });
}

function OneTerm({ term, site, onEdit }: { term: Term; site: string | undefined; onEdit: () => void }) {
  const t = useText();
  const dates = useDates();
  const again = useAgain();
  const remove = api.useMutation("delete", "/api/terms/{term_id}", { onSuccess: again });
  return (
    <li className={rows.row}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span className={rows.facts}>
          <span className={rows.name}>{term.name}</span>
          <span className={rows.soft}>
            {[
              term.hub ? site : t("series.district"),
              t("series.term_span", { first: dates.date(term.first_day), last: dates.date(term.last_day) }),
            ].join(t("series.comma"))}
          </span>
        </span>
        {term.editable && (
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={onEdit} aria-label={t("series.edit_term", { name: term.name })}>
              {t("series.edit")}
            </Button>
            <RemoveButton
              name={t("series.remove_term", { name: term.name })}
              consequence={t("series.remove_term_means")}
              verb={t("series.remove")}
              doing={remove}
              onConfirm={() => remove.mutate({ params: { path: { term_id: term.id } } })}
            />
          </Group>
        )}
      </Group>
    </li>
  );
}

function TermForm({ term, everywhere, onDone }: { term: Term | undefined; everywhere: boolean; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const again = useAgain();
  const sites = useSites();
  const choices = useChoices();
  const mine = (sites.data ?? []).filter((site) => everywhere || choices.data?.hubs.includes(site.id));
  const [name, setName] = useState(term?.name ?? "");
  const [hub, setHub] = useState<number | null>(term?.hub ?? null);
  const [first, setFirst] = useState(term?.first_day ?? "");
  const [last, setLast] = useState(term?.last_day ?? "");
  const add = api.useMutation("post", "/api/terms");
  const change = api.useMutation("put", "/api/terms/{term_id}");
  const site = hub ?? (everywhere ? null : (mine[0]?.id ?? null));
  const body = { name, hub: site, first_day: first, last_day: last };
  const then = {
    onSuccess: () => {
      void again();
      notifyDone(t("series.term_saved"));
      setName("");
      setFirst("");
      setLast("");
      onDone();
    },
  };
  const error = add.error ?? change.error;
  return (
    <Section title={t(term ? "series.change_term" : "series.add_term")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (term) change.mutate({ params: { path: { term_id: term.id } }, body }, then);
          else add.mutate({ body }, then);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("series.term_name")}
            placeholder={t("series.term_name_example")}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <NativeSelect
            label={t("series.term_for")}
            value={site ?? ""}
            onChange={(event) => setHub(Number(event.currentTarget.value) || null)}
            data={[
              ...(everywhere ? [{ value: "", label: t("series.district") }] : []),
              ...mine.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
          />
          <Group grow gap="sm" align="flex-start">
            <TextInput
              type="date"
              label={t("series.term_first")}
              value={first}
              onChange={(event) => setFirst(event.currentTarget.value)}
              required
            />
            <TextInput
              type="date"
              label={t("series.term_last")}
              min={first}
              value={last}
              onChange={(event) => setLast(event.currentTarget.value)}
              required
            />
          </Group>
          {error && (
            <Text role="alert" c="var(--empty)">
              {words(error)}
            </Text>
          )}
          <Group gap="sm">
            <Button
              type="submit"
              disabled={!name.trim() || !first || !last}
              loading={add.isPending || change.isPending}
            >
              {t("series.save_term")}
            </Button>
            {term && (
              <Button variant="default" onClick={onDone}>
                {t("ui.not_now")}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
