/** Why a save was refused, as a sentence: a clash names the other session; what was asked can be answered here. */
import { Button, Stack, Text } from "@mantine/core";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";
import { useClashWords } from "./clashWords";

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
  const clash = useClashWords();
  const words = useErrorText();
  if (!error) return null;
  const facts = error instanceof Refusal ? (error.facts as Record<string, unknown>) : {};
  const code = error instanceof Refusal ? error.code : "";
  // A form that merges shows what is there now.
  if (code === "outdated" && !onNewest) return null;
  const sentence = clash(code, facts) ?? words(error);
  return (
    <Stack gap="sm" role="alert">
      <Text c="var(--empty)">{sentence}</Text>
      {code === "worker_busy" && (
        <Button variant="default" loading={busy} onClick={onConfirm}>
          {t("session.save_all_the_same")}
        </Button>
      )}
      {code === "outdated" && (
        <Button variant="default" onClick={onNewest}>
          {t("session.show_newest")}
        </Button>
      )}
    </Stack>
  );
}
