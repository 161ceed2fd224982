/** A list of books comes in: choose, look, confirm. What is refused stays out, with its reason. */
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api, call } from "@/api/client";
import { asForm } from "@/api/form";
import { Counts } from "@/hub/workbook/Counts";
import { Conflicts } from "@/hub/workbook/Differences";
import { FaultGrids } from "@/hub/workbook/FaultGrids";
import { UploadBox } from "@/hub/workbook/UploadBox";
import { Warnings } from "@/hub/workbook/Warnings";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page, ProgressBar, useErrorText } from "@/ui";
import type { Preview } from "../types";

const waiting = (id: number) => ({ params: { path: { upload_id: id } } });

export default function BookImportPage() {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const id = Number(search.get("id")) || 0;
  const preview = api.useQuery("get", "/api/book-imports/{upload_id}", waiting(id), {
    enabled: id > 0,
    retry: false,
    staleTime: 60_000,
  });
  const remember = (data: Preview) =>
    cache.setQueryData(api.queryOptions("get", "/api/book-imports/{upload_id}", waiting(data.id)).queryKey, data);
  const upload = useMutation({
    mutationFn: async ({ file, hub }: { file: File; hub: number }) =>
      (await call.POST("/api/book-imports", asForm({ file, hub_id: hub }))).data as Preview,
    onSuccess: (data) => {
      remember(data);
      setSearch({ id: String(data.id) }, { replace: true });
    },
  });
  const confirm = api.useMutation("post", "/api/book-imports/{upload_id}/confirm", { onSuccess: remember });
  const putAway = () => {
    upload.reset();
    confirm.reset();
    setSearch({}, { replace: true });
  };
  return (
    <Page title={t("list.title")} lead={id ? undefined : t("list.lead")} width="full">
      {upload.isPending ? (
        <ProgressBar label={t("list.checking")} />
      ) : id && preview.error && !preview.data ? (
        <EmptyState title={words(preview.error)} action={<Button onClick={putAway}>{t("list.again")}</Button>} />
      ) : id ? (
        <Loaded query={preview}>
          {(data) => (
            <Looked
              preview={data}
              confirming={confirm.isPending}
              error={confirm.error ? words(confirm.error) : ""}
              onConfirm={() => confirm.mutate(waiting(id))}
              onReplace={putAway}
            />
          )}
        </Loaded>
      ) : (
        <Choose onFile={(file, hub) => upload.mutate({ file, hub })} error={upload.error ? words(upload.error) : ""} />
      )}
    </Page>
  );
}

function Choose({ onFile, error }: { onFile: (file: File, hub: number) => void; error: string }) {
  const t = useText();
  const [chosen, setChosen] = useState<number>();
  const desk = api.useQuery("get", "/api/books/desk", { params: { query: {} } });
  return (
    <Loaded query={desk}>
      {({ hubs }) => {
        const hub = chosen ?? hubs[0]?.id;
        if (hub === undefined) return <EmptyState title={t("desk.no_hub")}>{t("desk.no_hub_hint")}</EmptyState>;
        return (
          <Stack gap="lg" maw="var(--measure)">
            <NativeSelect
              label={t("list.hub")}
              value={hub}
              onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
              data={hubs.map((one) => ({ value: String(one.id), label: one.name }))}
            />
            <UploadBox
              accept=".xlsx,.xlsm,.csv,.txt,.mrc,.iso,.marc,.dat"
              choose={t("list.choose")}
              onFile={(file) => onFile(file, hub)}
              busy={false}
            />
            {error && (
              <Text c="var(--empty)" role="alert">
                {error}
              </Text>
            )}
            <Text c="dimmed">{t("list.columns")}</Text>
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface LookedProps {
  preview: Preview;
  confirming: boolean;
  error: string;
  onConfirm: () => void;
  onReplace: () => void;
}

function Looked({ preview, confirming, error, onConfirm, onReplace }: LookedProps) {
  const t = useText();
  const counts = preview.sheets[0];
  const work = (counts?.created ?? 0) + (counts?.changed ?? 0);
  if (preview.state === "confirmed") {
    return (
      <EmptyState
        picture="snail"
        title={t("list.done", { created: counts?.created ?? 0, changed: counts?.changed ?? 0 })}
        action={
          <Group gap="sm" justify="center">
            <Button component={Link} to="/books/desk">
              {t("list.to_desk")}
            </Button>
            <Button variant="default" onClick={onReplace}>
              {t("list.another")}
            </Button>
          </Group>
        }
      />
    );
  }
  return (
    <Stack gap="lg">
      <Text fw={600}>{preview.file_name}</Text>
      <Counts preview={preview} />
      {preview.fault_count > 0 && <Text>{t("list.faulty", { n: preview.fault_count })}</Text>}
      {error && (
        <Text c="var(--empty)" role="alert">
          {error}
        </Text>
      )}
      <Group gap="sm">
        {work > 0 && (
          <Button onClick={onConfirm} loading={confirming}>
            {t("list.confirm", { n: work })}
          </Button>
        )}
        <Button variant={work > 0 ? "default" : "filled"} onClick={onReplace} disabled={confirming}>
          {t("list.replace")}
        </Button>
      </Group>
      {preview.fault_count > 0 && <FaultGrids grids={preview.grids} faults={preview.faults} />}
      <Conflicts
        conflicts={preview.conflicts}
        title={t("list.differ", { n: preview.conflict_count })}
        lead={t("list.differ_lead")}
      />
      <Warnings warnings={preview.warnings} count={preview.warning_count} />
    </Stack>
  );
}
