/** The cross at the end of a row: it asks first, and says what goes and what stays. */
import { ActionIcon } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { ConfirmDialog } from "./ConfirmDialog";
import { Icon } from "./icons";
import { useErrorText } from "./Sentence";

interface Props {
  /** The deed and what it is done to: 去掉流动书箱. */
  name: string;
  consequence: string;
  verb: string;
  doing: { isPending: boolean; error: unknown; reset: () => void };
  onConfirm: () => void;
}

export function RemoveButton({ name, consequence, verb, doing, onConfirm }: Props) {
  const t = useText();
  const words = useErrorText();
  const [asked, ask] = useState(false);
  return (
    <>
      <ActionIcon aria-label={name} onClick={() => ask(true)}>
        <Icon name="close" />
      </ActionIcon>
      <ConfirmDialog
        opened={asked}
        onClose={() => {
          doing.reset();
          ask(false);
        }}
        title={t("ui.ask", { deed: name })}
        consequence={consequence}
        verb={verb}
        onConfirm={onConfirm}
        busy={doing.isPending}
        error={doing.error ? words(doing.error) : undefined}
      />
    </>
  );
}
