/** 导入前核对: counts, then faults and nothing else until they are gone; else conflicts, warnings and the one main action. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { EmptyState, Icon, useDates } from "@/ui";
import { Counts } from "./Counts";
import { Changes, Conflicts } from "./Differences";
import { FaultGrids } from "./FaultGrids";
import { type Preview, total } from "./types";
import { Warnings } from "./Warnings";
import styles from "./workbook.module.css";

interface Props {
  preview: Preview;
  onConfirm: () => void;
  confirming: boolean;
  /** The answer to a failed confirmation, already worded. */
  error?: string;
  onReplace: () => void;
}

export function PreviewView({ preview, onConfirm, confirming, error, onReplace }: Props) {
  const t = useText();
  const dates = useDates();
  if (preview.state === "confirmed") return <Done preview={preview} onReplace={onReplace} />;
  const faulty = preview.fault_count > 0;
  const work = total(preview, "created") + total(preview, "changed");
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600}>{preview.file_name}</Text>
        <Text c="dimmed">
          {t(preview.week_told ? "import.week" : "import.week_assumed", { week: dates.week(preview.week) })} ·{" "}
          {t("import.until", { time: dates.time(preview.expires_at) })}
        </Text>
      </div>
      {faulty ? (
        <div className={styles.verdict} data-verdict="faulty" role="alert">
          <Icon name="warning" />
          <div>
            <b>{t("import.faulty_title", { n: preview.fault_count })}</b>
            <p>{t("import.faulty_lead")}</p>
          </div>
        </div>
      ) : (
        <div className={styles.verdict} data-verdict={work > 0 ? "ready" : "nothing"} role="status">
          <Icon name="check" />
          <div>
            <b>{t(work > 0 ? "import.ready_title" : "import.nothing_title")}</b>
            <p>
              {work > 0
                ? t("import.ready_lead", { created: total(preview, "created"), changed: total(preview, "changed") })
                : t("import.nothing_lead")}
            </p>
          </div>
        </div>
      )}
      <Counts preview={preview} />
      {error && (
        <Text c="var(--empty)" role="alert">
          {error}
        </Text>
      )}
      <Group gap="sm">
        {!faulty && work > 0 && (
          <Button onClick={onConfirm} loading={confirming}>
            {t("import.confirm")}
          </Button>
        )}
        <Button variant={faulty ? "filled" : "default"} onClick={onReplace} disabled={confirming}>
          {t("import.replace")}
        </Button>
      </Group>
      {faulty ? (
        <FaultGrids grids={preview.grids} faults={preview.faults} />
      ) : (
        <>
          <Changes changes={preview.changes} count={preview.change_count} />
          <Conflicts
            conflicts={preview.conflicts}
            title={t("import.conflicts", { n: preview.conflicts.length })}
            lead={t("import.conflicts_lead")}
          />
          <Warnings warnings={preview.warnings} count={preview.warning_count} />
        </>
      )}
    </Stack>
  );
}

function Done({ preview, onReplace }: { preview: Preview; onReplace: () => void }) {
  const t = useText();
  const dates = useDates();
  return (
    <EmptyState
      picture="calendar"
      title={
        preview.week_told ? t("import.done_title", { week: dates.week(preview.week) }) : t("import.done_title_no_week")
      }
      action={
        <Group gap="sm" justify="center">
          <Button component={Link} to={`/week?week=${preview.week}`}>
            {t("import.to_week")}
          </Button>
          <Button variant="default" onClick={onReplace}>
            {t("import.another")}
          </Button>
        </Group>
      }
    >
      {t("import.done", { created: total(preview, "created"), changed: total(preview, "changed") })}
    </EmptyState>
  );
}
