/** A few words that somebody else will read: what is wrong, or why. */
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";

interface Props {
  title: string;
  about: string;
  label: string;
  verb: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSay: (words: string) => void;
}

export default function WordsDialog({ title, about, label, verb, busy, error, onClose, onSay }: Props) {
  const t = useText();
  const errorText = useErrorText();
  useFocusBack();
  const [words, setWords] = useState("");
  return (
    <Modal opened onClose={onClose} centered title={title} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSay(words);
        }}
      >
        <Stack gap="md">
          <Text>{about}</Text>
          <Textarea
            label={label}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={200}
            autosize
            minRows={2}
            required
            data-autofocus
          />
          {error !== null && error !== undefined && (
            <span role="alert" className={rows.error}>
              {errorText(error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={busy} disabled={words.trim() === ""}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
