/** How it comes out, before anything is written; the one main action saves just that. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import { EmptyState, useErrorText } from "@/ui";
import { OutcomeList, useSummary } from "./OutcomeList";
import { SettleAll } from "./Settle";
import type { Outcome } from "./types";
import type { Reasons, Settling } from "./useShownFirst";

interface Props {
  outcome: Outcome;
  /** A save was asked for, but something had changed: these are the days now. */
  anew: boolean;
  verb: string;
  saving: boolean;
  error: unknown;
  settling: Settling;
  onSave: (reasons: Reasons) => void;
  back: string;
  onBack: () => void;
  /** Whether what was edited by hand is taken along; none where that can't be asked. */
  overOwn?: { value: boolean; onChange: (value: boolean) => void };
}

export function Preview({ outcome, anew, verb, saving, error, settling, onSave, back, onBack, overOwn }: Props) {
  const t = useText();
  const words = useErrorText();
  const summary = useSummary();
  const [reason, setReason] = useState("");
  const [borneReason, setBorneReason] = useState("");
  const head = useRef<HTMLParagraphElement>(null);
  // What was below is gone: eyes and screen readers go on at the top of what came instead.
  // biome-ignore lint/correctness/useExhaustiveDependencies: and once more where it is not what was saved
  useEffect(() => {
    window.scrollTo({ top: 0 });
    head.current?.focus({ preventScroll: true });
  }, [anew]);
  const days = outcome.rows;
  const cancels = days.some((row) => row.what === "cancelled");
  const bears = days.some((row) => row.reasons.some((one) => one.borne));
  const clashing = days.filter((row) => row.wished_at).length;
  const told = days.reduce((sum, row) => sum + row.people, 0);
  const own = overOwn?.value || days.some((row) => row.reasons.some((one) => one.code === "edited_by_hand"));
  const idle = days.every((row) => row.what === "kept" || row.what === "not_held" || row.what === "stays");
  return (
    <Stack gap="md">
      {anew && (
        <Text role="alert" fw={600}>
          {t("series.changed_since")}
        </Text>
      )}
      {days.length === 0 ? (
        <EmptyState title={t("series.no_days")}>{t("series.no_days_hint")}</EmptyState>
      ) : (
        <>
          <Text fw={600} ref={head} tabIndex={-1} style={{ outline: "none" }} aria-live="polite">
            {summary(days)}
          </Text>
          <Text c="dimmed">{t(told > 0 ? "series.preview_tells" : "series.preview_lead")}</Text>
          {outcome.unannounced.length > 0 && (
            <Text>{t("series.unannounced", { years: outcome.unannounced.join(t("ui.joiner")) })}</Text>
          )}
          {overOwn && own && (
            <Checkbox
              label={t("series.over_own")}
              checked={overOwn.value}
              disabled={saving}
              onChange={(event) => overOwn.onChange(event.currentTarget.checked)}
            />
          )}
          {clashing > 0 && <Text>{t("series.clashing", { n: clashing })}</Text>}
          <SettleAll days={days} settling={settling} />
          <OutcomeList days={days} settling={settling} />
        </>
      )}
      {cancels && (
        <TextInput
          label={t("series.reason")}
          description={t("series.reason_hint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
      )}
      {bears && (
        <TextInput
          label={t("series.borne_reason")}
          description={t("series.borne_hint")}
          maxLength={200}
          value={borneReason}
          onChange={(event) => setBorneReason(event.currentTarget.value)}
          required
        />
      )}
      {error !== null && error !== undefined && (
        <Text role="alert" c="var(--empty)">
          {words(error)}
        </Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack}>
          {back}
        </Button>
        <Button
          loading={saving}
          disabled={idle || (cancels && !reason.trim()) || (bears && !borneReason.trim())}
          onClick={() => onSave({ reason: cancels ? reason : "", borne_reason: bears ? borneReason : "" })}
        >
          {verb}
        </Button>
      </Group>
    </Stack>
  );
}
