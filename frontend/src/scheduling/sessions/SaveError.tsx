/** Why a save was refused, as a sentence: a clash names the other session; what was asked can be answered here. */
import { Button, Stack, Text } from "@mantine/core";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { useDates, useErrorText } from "@/ui";

interface Props {
  error: unknown;
  busy: boolean;
  /** Save all the same, where the refusal was a question. */
  onConfirm: () => void;
  /** Start again from what is there now, where somebody was faster. */
  onNewest?: () => void;
}

export function SaveError({ error, busy, onConfirm, onNewest }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  if (!error) return null;
  const facts = error instanceof Refusal ? (error.facts as Record<string, unknown>) : {};
  const code = error instanceof Refusal ? error.code : "";
  const other =
    typeof facts.starts_at === "string" && typeof facts.ends_at === "string" && typeof facts.title === "string"
      ? { title: facts.title, when: dates.span(facts.starts_at, facts.ends_at), room: String(facts.room ?? "") }
      : undefined;
  const ofRoom = String(facts.resource ?? "").startsWith("room:");
  const sentence =
    code === "clash" && other
      ? t(ofRoom ? "session.room_taken" : "session.person_taken", other)
      : code === "worker_busy" && other
        ? t("session.worker_busy", other)
        : words(error);
  return (
    <Stack gap="sm" role="alert">
      <Text c="var(--empty)">{sentence}</Text>
      {code === "worker_busy" && (
        <Button variant="default" loading={busy} onClick={onConfirm}>
          {t("session.save_all_the_same")}
        </Button>
      )}
      {code === "outdated" && onNewest && (
        <Button variant="default" onClick={onNewest}>
          {t("session.show_newest")}
        </Button>
      )}
    </Stack>
  );
}
