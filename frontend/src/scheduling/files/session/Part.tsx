/** A part of a file under its heading: whether it is there, and whether this session goes without it. */
import { Checkbox } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, StateMark, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { FileOut, Put, Without } from "../types";

interface Props {
  title: string;
  there: boolean;
  children: React.ReactNode;
}

export function Part({ title, there, children }: Props) {
  const t = useText();
  return (
    <Section
      title={title}
      aside={<StateMark state={there ? "full" : "short"}>{t(there ? "file.there" : "file.lacking")}</StateMark>}
    >
      {children}
    </Section>
  );
}

export function GoesWithout({ part, file, put }: { part: keyof Without; file: FileOut; put: Put }) {
  const t = useText();
  const words = useErrorText();
  const save = api.useMutation("put", "/api/files/sessions/{session_id}/without", {
    onSuccess: (without) => put({ without }),
  });
  const change = (checked: boolean) =>
    save.mutate({
      params: { path: { session_id: file.session.id } },
      body: { ...file.without, [part]: checked },
    });
  return (
    <>
      <Checkbox
        label={t(`file.without_${part}`)}
        checked={file.without[part]}
        disabled={save.isPending}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {save.error !== null && (
        <span role="alert" className={rows.error}>
          {words(save.error)}
        </span>
      )}
    </>
  );
}
