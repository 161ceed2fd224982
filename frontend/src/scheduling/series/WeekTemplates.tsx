/** A site's week as a template: saved from the week in view, laid over the week in view. */
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, call } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, RemoveButton, Section, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ShownFirst } from "./ShownFirst";

type Template = components["schemas"]["WeekTemplateOut"];

export interface WeekTemplatesProps {
  week: string;
  /** Whose week may be saved: the sites one looks after, the one in view first. */
  sites: { id: number; name: string }[];
  onClose: () => void;
  onDone: () => void;
}

export default function WeekTemplates({ week, sites, onClose, onDone }: WeekTemplatesProps) {
  const t = useText();
  const dates = useDates();
  const [laid, setLaid] = useState<Template>();
  const templates = api.useQuery("get", "/api/week-templates");
  useFocusBack();
  const title = laid ? t("series.lay_over", { name: laid.name, week: dates.week(week) }) : t("series.week_templates");
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ "aria-label": t("ui.close") }}>
      {laid ? (
        <ShownFirst
          post={async ({ reason: _reason, ...asked }) => {
            const { data } = await call.POST("/api/week-templates/{template_id}/lay", {
              params: { path: { template_id: laid.id } },
              body: { ...asked, week },
            });
            if (data === undefined) throw new Error("no answer");
            return data;
          }}
          verb={t("series.lay")}
          onBack={() => setLaid(undefined)}
          onSaved={() => {
            notifyDone(t("series.laid"));
            onDone();
          }}
        />
      ) : (
        <Stack gap="lg">
          <Loaded query={templates}>
            {(found) =>
              found.length === 0 ? (
                <Text c="dimmed">{t("series.no_templates")}</Text>
              ) : (
                <ul className={rows.list}>
                  {found.map((one) => (
                    <OneTemplate
                      key={one.id}
                      template={one}
                      site={sites.find((site) => site.id === one.hub)?.name ?? ""}
                      onLay={() => setLaid(one)}
                    />
                  ))}
                </ul>
              )
            }
          </Loaded>
          {sites.length > 0 && <Save week={week} sites={sites} />}
        </Stack>
      )}
    </Modal>
  );
}

function useAgain() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["get", "/api/week-templates"] });
}

function OneTemplate({ template, site, onLay }: { template: Template; site: string; onLay: () => void }) {
  const t = useText();
  const again = useAgain();
  const remove = api.useMutation("delete", "/api/week-templates/{template_id}", { onSuccess: again });
  return (
    <li className={rows.row}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span className={rows.facts}>
          <span className={rows.name}>{template.name}</span>
          <span className={rows.soft}>{t("series.template_of", { site, n: template.sessions })}</span>
        </span>
        <Group gap="xs" wrap="nowrap">
          <Button onClick={onLay} variant="default">
            {t("series.lay_this")}
          </Button>
          <RemoveButton
            name={t("series.remove_template", { name: template.name })}
            consequence={t("series.remove_template_means", { n: template.sessions })}
            verb={t("series.remove")}
            doing={remove}
            onConfirm={() => remove.mutate({ params: { path: { template_id: template.id } } })}
          />
        </Group>
      </Group>
    </li>
  );
}

function Save({ week, sites }: { week: string; sites: { id: number; name: string }[] }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const again = useAgain();
  const [name, setName] = useState("");
  const [hub, setHub] = useState(sites[0]?.id ?? 0);
  const save = api.useMutation("post", "/api/week-templates");
  return (
    <Section title={t("series.save_week", { week: dates.week(week) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { body: { hub, week, name } },
            {
              onSuccess: () => {
                void again();
                setName("");
                notifyDone(t("series.week_saved"));
              },
            },
          );
        }}
      >
        <Stack gap="md">
          {sites.length > 1 && (
            <NativeSelect
              label={t("series.site")}
              value={hub}
              onChange={(event) => setHub(Number(event.currentTarget.value))}
              data={sites.map((site) => ({ value: String(site.id), label: site.name }))}
            />
          )}
          <TextInput
            label={t("series.template_name")}
            placeholder={t("series.template_name_example")}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          {save.error && (
            <Text role="alert" c="var(--empty)">
              {words(save.error)}
            </Text>
          )}
          <Group>
            <Button type="submit" disabled={!name.trim()} loading={save.isPending}>
              {t("series.save_as_template")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
