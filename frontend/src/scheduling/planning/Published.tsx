/** After publishing: what happened, and a text and a picture for the neighborhood's chat group. */
import { Button, Checkbox, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { CopyField, Icon, isWeChat, Loaded, Section } from "@/ui";
import styles from "./planning.module.css";
import { Restore } from "./Restore";
import type { Desk, Run } from "./types";
import { usePicture } from "./usePicture";

export default function Published({ desk, run }: { desk: Desk; run: Run }) {
  const t = useText();
  const hubs = desk.hubs.filter((hub) => run.hubs.includes(hub.id) && hub.sessions > 0);
  const [hub, setHub] = useState(() => String(hubs[0]?.id ?? ""));
  if (!run.published) return null;
  const { added, released, kept, told } = run.published;
  return (
    <Stack gap="lg">
      <div className={styles.done} role="status">
        <Icon name="check" />
        <div>
          <Text fw={600}>{t("plan.published_title", { n: told })}</Text>
          <Text>{t("plan.published_counts", { added, released, kept })}</Text>
        </div>
      </div>
      {run.may_edit && <Restore run={run} />}
      {run.may_edit && hub && (
        <Section
          title={t("plan.to_group")}
          aside={
            hubs.length > 1 && (
              <NativeSelect
                aria-label={t("plan.site")}
                value={hub}
                onChange={(event) => setHub(event.currentTarget.value)}
                data={hubs.map((one) => ({ value: String(one.id), label: one.name }))}
              />
            )
          }
        >
          <GroupPost run={run} hub={Number(hub)} />
        </Section>
      )}
    </Stack>
  );
}

function GroupPost({ run, hub }: { run: Run; hub: number }) {
  const t = useText();
  const [names, setNames] = useState(false);
  const text = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/group-text",
    { params: { path: { run_id: run.id }, query: { hub, names } } },
    { meta: { live: ["roster", "assignment"] }, placeholderData: (before) => before },
  );
  return (
    <div className={styles.post}>
      <Stack gap="sm">
        <Text c="dimmed">{t("plan.text_hint")}</Text>
        <Loaded query={text}>{(data) => <CopyField label={t("plan.group_text")} text={data.text} />}</Loaded>
        <Checkbox
          checked={names}
          onChange={(event) => setNames(event.currentTarget.checked)}
          label={t("plan.with_names")}
        />
      </Stack>
      <GroupPicture run={run} hub={hub} />
    </div>
  );
}

function GroupPicture({ run, hub }: { run: Run; hub: number }) {
  const t = useText();
  const png = usePicture(`/api/planning/runs/${run.id}/group-picture?hub=${hub}`);
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{isWeChat() ? t("plan.picture_hold") : t("plan.picture_hint")}</Text>
      {png === "failed" && <Text role="alert">{t("plan.picture_failed")}</Text>}
      {png && png !== "failed" && (
        <>
          <img className={styles.picture} src={png} alt={t("plan.picture_alt")} />
          {!isWeChat() && (
            <Button
              component="a"
              variant="default"
              href={png}
              download={`${run.week}.png`}
              leftSection={<Icon name="download" />}
            >
              {t("plan.save_picture")}
            </Button>
          )}
        </>
      )}
    </Stack>
  );
}
